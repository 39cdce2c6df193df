// Runs promptlang beside the page: Python in WebAssembly, with the server editors talk to.
//
// The first message brings everything there is to run. After that every text is a message of the
// protocol; no address is looked for.

import { loadPyodide } from "pyodide";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { unpacked } from "./packed";
import type { FromWorker, Parts, Written } from "./parts";

const HOME = "http://page/";
const SITE = "/lib/python3.14/site-packages";
const SERVER = `
from promptlang.lsp.lean import load_types

load_types()  # before what uses them
from promptlang.lsp.channel import Channel
Channel(send).receive
`;

const tell = (message: FromWorker): void => {
  postMessage(message);
};

/** Let the runtime find its own files in what the page brought, and nothing else. */
function serve(files: Record<string, [Uint8Array<ArrayBuffer>, string]>): void {
  self.fetch = (wanted) => {
    const name = new URL(wanted instanceof Request ? wanted.url : wanted).pathname.slice(1);
    const [content, type] = files[name] ?? [];
    if (content === undefined || type === undefined) {
      return Promise.reject(new Error(`nothing is fetched from elsewhere: ${name}`));
    }
    return Promise.resolve(new Response(content, { headers: { "Content-Type": type } }));
  };
}

async function start(parts: Parts): Promise<(message: string) => void> {
  const [wasm, library, site, lock] = await Promise.all([
    unpacked(parts.wasm),
    unpacked(parts.library),
    unpacked(parts.site),
    unpacked(parts.lock),
  ]);
  serve({
    "pyodide.asm.wasm": [wasm, "application/wasm"],
    "python_stdlib.zip": [library, "application/zip"],
  });
  tell({ began: "Python" });
  const python = await loadPyodide({
    createPyodideModule,
    indexURL: HOME,
    lockFileContents: new TextDecoder().decode(lock),
    packageBaseUrl: HOME,
    stdLibURL: `${HOME}python_stdlib.zip`,
  });
  tell({ began: "promptlang" });
  python.unpackArchive(site, "zip", { extractDir: SITE });
  write = ({ path, text }) => {
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, text);
  };
  for (const [path, text] of Object.entries(parts.files)) write({ path, text });
  python.globals.set("send", (message: string) => {
    tell({ message });
  });
  return python.runPython(SERVER) as (message: string) => void;
}

let receive: ((message: string) => void) | undefined;
let write: ((file: Written) => void) | undefined;

addEventListener("message", ({ data }: MessageEvent<Parts | Written | string>) => {
  if (typeof data === "string") {
    receive?.(data);
  } else if ("path" in data) {
    write?.(data);
  } else {
    start(data).then(
      (found) => {
        receive = found;
        tell({ began: "" });
      },
      (error: unknown) => {
        tell({ failed: error instanceof Error ? error.message : String(error) });
      },
    );
  }
});
