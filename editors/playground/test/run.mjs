// Runs a piece of Python as the playground does, in Pyodide: `node test/run.mjs < PLAN.json`.
//
// The plan has the files there are, by path, and the code; what the code gives is printed.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { loadPyodide } from "pyodide";

const { files, code } = JSON.parse(readFileSync(0, "utf8"));
const python = await loadPyodide();
const site = new Uint8Array(readFileSync("build/site.zip"));
python.unpackArchive(site, "zip", { extractDir: "/lib/python3.14/site-packages" });
for (const [path, text] of Object.entries(files)) {
  python.FS.mkdirTree(dirname(path));
  python.FS.writeFile(path, text);
}
process.stdout.write(python.runPython(code));
