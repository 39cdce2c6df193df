// Makes dist/index.html, one page with everything in it: `npm run build`. `test` makes the tests.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { page, script } from "../codemirror/bundle.mjs";

const { PROMPTLANG_ROOT: root = "../..", PYTHON: python = "python3" } = process.env;
const runtime = dirname(createRequire(import.meta.url).resolve("pyodide/package.json"));

/** Return bytes as text that may stand in a page. */
const packed = (bytes) => gzipSync(bytes, { level: 9 }).toString("base64");

/** Return the examples of the checkout, by name. */
function examples() {
  const folder = join(root, "examples");
  const found = readdirSync(folder, { recursive: true })
    .map((name) => relative(".", name).replaceAll("\\", "/"))
    .filter((name) => /\.(shot|csv|toml)$/.test(name))
    .sort();
  return Object.fromEntries(found.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** Return the worker that runs promptlang. */
function worker() {
  return script("src/worker.ts", {
    // A page from a disk may start classic workers only, and the runtime, which has no need of what
    // they have besides, refuses to run where it finds it.
    banner: { js: "self.importScripts = undefined;" },
    // The runtime looks for these where it runs under node.
    external: ["node:*", "ws"],
    define: { "import.meta.url": '"http://page/"' },
  });
}

/** Return what a page or a test needs to start promptlang, as files. */
async function parts() {
  mkdirSync("build", { recursive: true });
  execFileSync(python, ["gather.py", "build/site.zip", root], { stdio: "inherit" });
  const lock = JSON.parse(readFileSync(join(runtime, "pyodide-lock.json"), "utf8"));
  return {
    wasm: packed(readFileSync(join(runtime, "pyodide.asm.wasm"))),
    library: packed(readFileSync(join(runtime, "python_stdlib.zip"))),
    site: packed(readFileSync("build/site.zip")),
    lock: packed(JSON.stringify({ ...lock, packages: {} })),
    worker: packed(await worker()),
    examples: JSON.stringify(examples()).replaceAll("<", "\\u003c"),
  };
}

if (process.argv[2] === "test") {
  rmSync("dist/test", { recursive: true, force: true });
  const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  await build({
    bundle: true,
    entryPoints: tests.map((name) => `test/${name}`),
    format: "cjs",
    logLevel: "warning",
    outExtension: { ".js": ".cjs" },
    outdir: "dist/test",
    platform: "node",
  });
} else {
  mkdirSync("dist", { recursive: true });
  // It runs what is in it, in a worker that is in it, and reaches nothing else.
  const policy = "script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:";
  const made = await page("promptlang playground", "src/main.ts", policy, await parts());
  writeFileSync("dist/index.html", made);
  console.log(`dist/index.html, ${(made.length / 1e6).toFixed(1)} MB`);
}
