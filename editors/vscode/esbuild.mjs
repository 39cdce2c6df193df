// Bundles the extension and the page of its preview into dist/, or the tests (`test`).
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const usual = { bundle: true, legalComments: "none", logLevel: "warning" };

if (process.argv[2] === "test") {
  rmSync("dist/test", { recursive: true, force: true });
  const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  await build({
    ...usual,
    entryPoints: tests.map((name) => `test/${name}`),
    outdir: "dist/test",
    platform: "node",
    format: "cjs",
  });
} else {
  await build({
    ...usual,
    entryPoints: { extension: "src/extension.ts" },
    outdir: "dist",
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    minify: true,
  });
  await build({
    ...usual,
    entryPoints: { preview: "src/preview/page.ts" },
    outdir: "dist",
    platform: "browser",
    format: "iife",
    target: "chrome120",
    minify: true,
  });
}
