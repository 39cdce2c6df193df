// What is said and done where there is no server.

import * as vscode from "vscode";
import { environment, locate, REQUIREMENT, type Interpreter } from "./locate";
import { openSetting, ownEnvironment, surroundings } from "./server";

interface Missing {
  interpreters: Interpreter[];
  missing: string | undefined;
}

/** Say why there is no server, and offer what helps. */
export async function missing(
  found: Missing,
  output: vscode.LogOutputChannel,
): Promise<void> {
  const fit = best(found.interpreters);
  let message: string;
  const buttons: string[] = [];
  if (found.missing !== undefined) {
    message = `promptlang.server.path names ${found.missing}, which is no program.`;
  } else if (fit === undefined) {
    message = "promptlang needs Python 3.11 or newer, and none was found.";
    buttons.push("Get Python");
  } else {
    message = `promptlang is not installed. ${advice(fit)}`;
    buttons.push("Install", "Copy Command");
  }
  const answer = await vscode.window.showErrorMessage(message, ...buttons, "Settings", "Show Output");
  if (answer === "Install") await vscode.commands.executeCommand("promptlang.installServer");
  if (answer === "Get Python") {
    await vscode.env.openExternal(vscode.Uri.parse("https://www.python.org/downloads/"));
  }
  if (answer === "Copy Command" && fit !== undefined) {
    await vscode.env.clipboard.writeText(line(fit));
  }
  if (answer === "Settings") openSetting();
  if (answer === "Show Output") output.show();
}

/** Install the server, and return whether that worked. */
export async function install(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
): Promise<boolean> {
  const found = await locate({ ...(await surroundings(context)), setting: "" });
  if (found.candidate !== undefined) {
    void vscode.window.showInformationMessage(
      `promptlang is there already: ${found.candidate.program} (${found.candidate.from})`,
    );
    return true;
  }
  const fit = best(found.interpreters);
  if (fit === undefined) {
    void missing(found, output);
    return false;
  }
  for (const command of commands(context, fit)) {
    if ((await inTerminal(command)) !== 0) {
      void vscode.window.showErrorMessage("promptlang was not installed: the terminal says why.");
      return false;
    }
  }
  void vscode.window.showInformationMessage("promptlang is installed.");
  return true;
}

/** Return the interpreter to install for: one of an environment if there is any. */
function best(interpreters: Interpreter[]): Interpreter | undefined {
  const fit = interpreters.filter((interpreter) => interpreter.fit);
  return fit.find((interpreter) => interpreter.environment) ?? fit[0];
}

/** Return the commands that install the server; a system's own Python is left as it is. */
function commands(context: vscode.ExtensionContext, python: Interpreter): string[][] {
  if (python.environment) return [pip(python.program)];
  const own = ownEnvironment(context);
  return [
    [python.program, "-m", "venv", own],
    pip(environment(own, process.platform === "win32")),
  ];
}

/** Return what to do about a Python without the package. */
function advice(python: Interpreter): string {
  return python.environment
    ? `Install it for this environment: ${line(python)}`
    : `"Install" makes an environment for it with ${python.program}; ` +
        `in one of your own, run: ${line(python)}`;
}

function line(python: Interpreter): string {
  return pip(python.environment ? python.program : "python").map(quoted).join(" ");
}

function pip(program: string): string[] {
  return [program, "-m", "pip", "install", REQUIREMENT];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./~\\-]+$/.test(word) ? word : `"${word}"`;
}

/** Run a command where its output is seen; return its exit code. */
async function inTerminal(command: string[]): Promise<number | undefined> {
  const [program = "", ...args] = command;
  const task = new vscode.Task(
    { type: "promptlang" },
    vscode.TaskScope.Workspace,
    "install promptlang",
    "promptlang",
    new vscode.ProcessExecution(program, args),
  );
  const running = await vscode.tasks.executeTask(task);
  return new Promise((resolve) => {
    const ended = vscode.tasks.onDidEndTaskProcess((event) => {
      if (event.execution === running) {
        ended.dispose();
        resolve(event.exitCode);
      }
    });
  });
}
