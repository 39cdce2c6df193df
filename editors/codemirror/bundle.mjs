// Makes pages of one file: script and style are in them, so that nothing else has to be found.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

/** Puts the style of the preview of the other editors below an element of its own. */
const preview = {
  name: "preview",
  setup({ onLoad }) {
    onLoad({ filter: /preview\.css$/ }, async ({ path }) => {
      const style = await readFile(path, "utf8");
      const own = style.replace(/^body \{/m, "& {");
      return { contents: `.preview {\n${own}\n}`, loader: "css" };
    });
  },
};

/** Return a script with all it imports. */
export async function script(path, more = {}) {
  const made = await build({
    entryPoints: [path],
    bundle: true,
    charset: "utf8",
    format: "iife",
    legalComments: "none",
    logLevel: "warning",
    minify: true,
    platform: "browser",
    target: "es2022",
    write: false,
    ...more,
  });
  return made.outputFiles[0].text;
}

/** What every page may do: show what is in it. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/**
 * Return a page.
 *
 * @param title What stands above it.
 * @param path Its script.
 * @param policy What it may do besides.
 * @param data What the script finds in elements: their text by their id.
 */
export async function page(title, path, policy, data = {}) {
  const markup = await readFile(join(here, "index.html"), "utf8");
  const style = await script(join(here, "style.css"), { plugins: [preview] });
  const elements = Object.entries(data).map(
    ([id, text]) => `<script type="text/plain" id="${id}">${text}</script>\n`,
  );
  const code = (await script(path)).replaceAll("</script", "<\\/script");
  return markup
    .replace("{{title}}", title)
    .replace("{{policy}}", `${POLICY}; ${policy}`)
    .replace("{{style}}", () => style)
    .replace("{{script}}", () => `${elements.join("")}<script>${code}</script>`);
}
