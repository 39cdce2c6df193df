// Makes dist/index.html, or the tests (`test`), or shows the page at an address (`serve`).
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { build, context } from "esbuild";
import { page } from "./bundle.mjs";

const [what] = process.argv.slice(2);

if (what === "test") {
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
  // An address may name the server, so it must not be one of somebody else, who would read along.
  const servers = "ws://127.0.0.1:* ws://localhost:*";
  const policy = `script-src 'unsafe-inline'; connect-src ${servers}`;
  writeFileSync("dist/index.html", await page("promptlang", "src/main.ts", policy));
  if (what === "serve") {
    const files = await context({});
    const { port } = await files.serve({ host: "127.0.0.1", port: 8000, servedir: "dist" });
    console.log(`http://127.0.0.1:${port}`);
  }
}
