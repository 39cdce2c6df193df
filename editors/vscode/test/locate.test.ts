import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";
import {
  candidates,
  environment,
  locate,
  type Interpreter,
  type Surroundings,
} from "../src/locate";

const windows = process.platform === "win32";
const ending = windows ? ".exe" : "";

function program(...words: string[]): string {
  const path = join(...words) + (words.at(-1)?.endsWith(ending) ? "" : ending);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  chmodSync(path, 0o755);
  return path;
}

function around(change: Partial<Surroundings> = {}): Surroundings & { root: string } {
  const root = mkdtempSync(join(tmpdir(), "promptlang-"));
  return {
    root,
    setting: "",
    interpreter: undefined,
    folders: [join(root, "film")],
    trusted: true,
    own: join(root, "own"),
    path: [join(root, "bin"), join(root, "film", "bin")].join(delimiter),
    windows,
    ...change,
  };
}

const says =
  (ready: boolean, fit = true) =>
  (path: string): Promise<Interpreter> =>
    Promise.resolve({ program: path, fit, environment: false, ready });

test("interpreter, environment of the folder, path, own environment: in this order", () => {
  const here = around();
  const all = [
    program(here.root, "conda", "python"),
    program(environment(join(here.root, "film", ".venv"), windows)),
    program(here.root, "bin", "promptlang"),
    program(environment(here.own, windows)),
    program(here.root, "bin", "python3"),
  ];
  const found = candidates({ ...here, interpreter: all[0] });
  assert.deepEqual(
    found.map((one) => one.program),
    all,
  );
  assert.deepEqual(
    found.map((one) => one.python),
    [true, true, false, true, true],
  );
});

test("a setting wins, and nothing else is tried", async () => {
  const here = around();
  program(here.root, "bin", "promptlang");
  const named = program(here.root, "other", "promptlang");
  const found = candidates({ ...here, setting: named });
  assert.deepEqual(
    found.map((one) => one.program),
    [named],
  );
  const gone = await locate({ ...here, setting: join(here.root, "gone") }, says(true));
  assert.deepEqual(gone, {
    candidate: undefined,
    interpreters: [],
    missing: join(here.root, "gone"),
  });
});

test("a setting may name the folder", () => {
  const here = around();
  const named = program(here.root, "film", "tools", "promptlang");
  const [found] = candidates({ ...here, setting: `\${workspaceFolder}/tools/promptlang${ending}` });
  assert.equal(found?.program, named);
});

test("nothing that comes with a folder is run before the folder is trusted", () => {
  const here = around({ trusted: false });
  const inside = program(environment(join(here.root, "film", ".venv"), windows));
  program(here.root, "film", "bin", "promptlang");
  assert.deepEqual(candidates({ ...here, interpreter: inside }), []);
  assert.deepEqual(candidates({ ...here, setting: inside }), []);
  const outside = program(here.root, "bin", "promptlang");
  assert.deepEqual(
    candidates(here).map((one) => one.program),
    [outside],
  );
});

test("what is not absolute on the path is not looked at", () => {
  const here = around();
  program(here.root, "film", "bin", "promptlang");
  assert.deepEqual(candidates({ ...here, path: ["", ".", "bin"].join(delimiter) }), []);
});

test("an interpreter takes no module of the folder for the package", async () => {
  const here = around();
  const python = program(here.root, "conda", "python");
  const found = await locate({ ...here, interpreter: python }, says(true));
  assert.ok(found.candidate !== undefined);
  assert.equal(found.command, python);
  assert.deepEqual(found.args, ["-P", "-m", "promptlang", "lsp", "--stdio"]);
});

test("an interpreter without the package is passed over, and remembered for the help", async () => {
  const here = around();
  const python = program(here.root, "conda", "python");
  const bare = await locate({ ...here, interpreter: python }, says(false));
  assert.ok(bare.candidate === undefined);
  assert.deepEqual(
    bare.interpreters.map((one) => one.program),
    [python],
  );
  const installed = program(here.root, "bin", "promptlang");
  const found = await locate({ ...here, interpreter: python }, says(false));
  assert.ok(found.candidate !== undefined);
  assert.deepEqual([found.command, ...found.args], [installed, "lsp", "--stdio"]);
});
