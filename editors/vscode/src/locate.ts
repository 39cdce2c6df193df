// Where the server is: what may start it, in the order in which it is tried.
//
// No module of the editor is imported here, so that tests run without one.

import { execFile } from "node:child_process";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join, relative } from "node:path";

/** What is known of the machine and of the folders that are open. */
export interface Surroundings {
  /** The value of `promptlang.server.path`. */
  setting: string;
  /** The interpreter of the Python extension. */
  interpreter: string | undefined;
  /** The folders that are open. */
  folders: readonly string[];
  /** Whether programs that come with the folders may be run. */
  trusted: boolean;
  /** Where the extension keeps an environment of its own. */
  own: string;
  /** The search path of the system. */
  path: string;
  windows: boolean;
}

/** Something that may start the server. */
export interface Candidate {
  /** Where it comes from, for people. */
  from: string;
  program: string;
  /** Whether it is an interpreter, which may lack the package. */
  python: boolean;
}

/** What an interpreter says of itself. */
export interface Interpreter {
  program: string;
  /** Whether it is Python 3.11 or newer. */
  fit: boolean;
  /** Whether it is one of an environment, into which packages may be installed. */
  environment: boolean;
  /** Whether the server can be started with it. */
  ready: boolean;
}

export type Found =
  | { candidate: Candidate; command: string; args: string[] }
  | { candidate: undefined; interpreters: Interpreter[]; missing: string | undefined };

export const REQUIREMENT = "promptlang-shot[lsp]";

/** Return everything that may start the server, best first. */
export function candidates(around: Surroundings): Candidate[] {
  const found: Candidate[] = [];
  const add = (from: string, program: string | undefined): void => {
    if (program !== undefined && isProgram(program) && allowed(program, around)) {
      found.push({ from, program, python: isPython(program) });
    }
  };
  if (around.setting !== "") {
    // Who names a program wants that one and no other.
    add("the setting promptlang.server.path", expanded(around));
    return found;
  }
  add("the Python extension", around.interpreter);
  for (const folder of around.folders) {
    add(".venv of the folder", environment(join(folder, ".venv"), around.windows));
  }
  add("PATH", onPath("promptlang", around));
  add("the extension", environment(around.own, around.windows));
  for (const name of ["python3", "python"]) {
    add("PATH", onPath(name, around));
  }
  return found;
}

/** Return how to start the server, or why that cannot be done. */
export async function locate(
  around: Surroundings,
  ask: (program: string) => Promise<Interpreter> = asked,
): Promise<Found> {
  const interpreters: Interpreter[] = [];
  for (const candidate of candidates(around)) {
    if (!candidate.python) {
      return { candidate, command: candidate.program, args: ["lsp", "--stdio"] };
    }
    const interpreter = await ask(candidate.program);
    if (interpreter.ready) {
      // -P: a folder that holds a promptlang.py must not be taken for the package.
      const args = ["-P", "-m", "promptlang", "lsp", "--stdio"];
      return { candidate, command: candidate.program, args };
    }
    interpreters.push(interpreter);
  }
  const named = around.setting !== "" && interpreters.length === 0;
  return { candidate: undefined, interpreters, missing: named ? expanded(around) : undefined };
}

/** Return the interpreter of an environment. */
export function environment(folder: string, windows: boolean): string {
  return windows ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

function expanded(around: Surroundings): string {
  const said = around.setting.replace("${workspaceFolder}", around.folders[0] ?? "");
  return said.startsWith("~") ? join(homedir(), said.slice(1)) : said;
}

function onPath(name: string, around: Surroundings): string | undefined {
  const endings = around.windows ? [".exe", ".cmd", ".bat"] : [""];
  // What is not absolute depends on the folder, so it is never looked at.
  const folders = around.path.split(delimiter).filter((folder) => isAbsolute(folder));
  const places = folders.flatMap((folder) => endings.map((end) => join(folder, name + end)));
  return places.find((place) => isProgram(place) && allowed(place, around));
}

function allowed(program: string, around: Surroundings): boolean {
  return around.trusted || !around.folders.some((folder) => within(folder, program));
}

function within(folder: string, program: string): boolean {
  const way = relative(folder, program);
  return !way.startsWith("..") && !isAbsolute(way);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isPython(program: string): boolean {
  return /^(?:python|pypy)[\d.]*(?:\.exe)?$/i.test(program.split(/[\\/]/).at(-1) ?? "");
}

const QUESTION = [
  "import sys",
  "from importlib.util import find_spec as f",
  "ready = f('promptlang') is not None and f('pygls') is not None",
  "print(ready, sys.prefix != sys.base_prefix)",
].join("; ");

function asked(program: string): Promise<Interpreter> {
  return new Promise((resolve) => {
    // Python knows -P since 3.11, which is what the server needs.
    const args = ["-P", "-c", QUESTION];
    execFile(program, args, { cwd: homedir(), timeout: 10_000 }, (error, out) => {
      const [ready, environment] = out.trim().split(" ").map((word) => word === "True");
      resolve({
        program: real(program),
        fit: error === null,
        environment: environment === true,
        ready: ready === true,
      });
    });
  });
}

function real(program: string): string {
  try {
    // An environment is known by the name of its link, so only the folder is followed.
    return join(realpathSync(join(program, "..")), program.split(/[\\/]/).at(-1) ?? "");
  } catch {
    return program;
  }
}
