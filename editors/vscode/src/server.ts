// The server: started, restarted, and spoken to.

import { homedir } from "node:os";
import * as vscode from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";
import { missing } from "./missing";
import { locate, type Found, type Surroundings } from "./locate";

export const LANGUAGE = "promptlang-shot";

/** The environment the extension makes for itself where there is none. */
export function ownEnvironment(context: vscode.ExtensionContext): string {
  return vscode.Uri.joinPath(context.globalStorageUri, "environment").fsPath;
}

export class Server implements vscode.Disposable {
  readonly output = vscode.window.createOutputChannel("promptlang", { log: true });
  private readonly status = vscode.languages.createLanguageStatusItem("promptlang", {
    language: LANGUAGE,
  });
  private readonly changed = new vscode.EventEmitter<boolean>();
  /** Whether the server runs, each time that changes. */
  readonly onDidChange = this.changed.event;
  private client: LanguageClient | undefined;
  // The editor asks for the problems of all scripts every two seconds, changed or not.
  private stale = true;
  private readonly files = vscode.workspace.createFileSystemWatcher(
    "**/*.{shot,toml,png,jpg,jpeg,webp,gif,mp4,mov,m4v,webm,mkv,avi,wav,mp3,m4a}",
  );
  // One start at a time: a second waits for the first.
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    /** What is done with the result of a command that a lens or an action ran. */
    private readonly shown: (command: string, args: unknown[], result: unknown) => void,
  ) {
    this.status.name = "promptlang";
    for (const event of ["onDidChange", "onDidCreate", "onDidDelete"] as const) {
      this.files[event](() => {
        this.stale = true;
      });
    }
  }

  get running(): boolean {
    return this.client?.state === State.Running;
  }

  /** Run a command of the server and return its result. */
  async run<T>(command: string, ...args: unknown[]): Promise<T> {
    if (this.client === undefined || !this.running) {
      throw new Error("the server is not running");
    }
    if (command === "promptlang.chooseTarget") this.stale = true;
    return this.client.sendRequest("workspace/executeCommand", { command, arguments: args });
  }

  /** Start the server, or start it again. */
  restart(): Promise<void> {
    this.turn = this.turn.then(
      () => this.begin(),
      () => this.begin(),
    );
    return this.turn;
  }

  /** Stop the server. */
  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client !== undefined) {
      this.tell(false);
      await client.dispose().catch((error: unknown) => this.output.debug(String(error)));
    }
  }

  dispose(): void {
    void this.stop();
    this.status.dispose();
    this.files.dispose();
    this.changed.dispose();
    this.output.dispose();
  }

  private async begin(): Promise<void> {
    await this.stop();
    this.say("starting", vscode.LanguageStatusSeverity.Information);
    const found = await locate(await surroundings(this.context));
    if (found.candidate === undefined) {
      this.say("not found", vscode.LanguageStatusSeverity.Error);
      this.output.warn(`No server: ${JSON.stringify(found)}`);
      void missing(found, this.output);
      return;
    }
    const { candidate, command, args } = found;
    this.output.info(`Server from ${candidate.from}: ${[command, ...args].join(" ")}`);
    const client = this.made(command, args);
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.say("failed", vscode.LanguageStatusSeverity.Error);
      this.output.error(`The server did not start: ${String(error)}`);
      void this.failed(found);
      return;
    }
    const version = client.initializeResult?.serverInfo?.version ?? "";
    this.say(`promptlang ${version}`, vscode.LanguageStatusSeverity.Information, candidate.from);
    this.tell(true);
  }

  private made(command: string, args: string[]): LanguageClient {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    // What stands in a folder that is not trusted must not be found before what is installed.
    const cwd = vscode.workspace.isTrusted && folder?.scheme === "file" ? folder.fsPath : homedir();
    return new LanguageClient(
      "promptlang",
      "promptlang",
      { command, args, options: { cwd } },
      {
        documentSelector: [
          { scheme: "file", language: LANGUAGE },
          { scheme: "untitled", language: LANGUAGE },
        ],
        outputChannel: this.output,
        initializationOptions: settings(),
        initializationFailedHandler: () => false,
        middleware: {
          workspace: {
            configuration: (params) =>
              params.items.map((item) => (item.section === "promptlang" ? settings() : null)),
          },
          provideWorkspaceDiagnostics: async (known, token, report, next) => {
            if (!this.stale) return { items: [] };
            this.stale = false;
            try {
              return await next(known, token, report);
            } catch (error) {
              this.stale = true;
              throw error;
            }
          },
          executeCommand: async (name, args, next) => {
            const result: unknown = await next(name, args);
            this.shown(name, args, result);
            return result;
          },
        },
      },
    );
  }

  /** Tell the server that settings changed; it asks for them. */
  configure(): void {
    this.stale = true;
    if (this.running) {
      void this.client?.sendNotification("workspace/didChangeConfiguration", { settings: null });
    }
  }

  private async failed(found: Found): Promise<void> {
    const program = found.candidate?.program ?? "";
    const answer = await vscode.window.showErrorMessage(
      `promptlang could not be started (${program}). The output says why.`,
      "Show Output",
      "Install",
      "Settings",
    );
    if (answer === "Show Output") this.output.show();
    if (answer === "Install") void vscode.commands.executeCommand("promptlang.installServer");
    if (answer === "Settings") openSetting();
  }

  private tell(running: boolean): void {
    this.stale = true;
    void vscode.commands.executeCommand("setContext", "promptlang.running", running);
    this.changed.fire(running);
  }

  private say(text: string, severity: vscode.LanguageStatusSeverity, detail?: string): void {
    const broken = severity === vscode.LanguageStatusSeverity.Error;
    this.status.text = text;
    this.status.severity = severity;
    this.status.detail = detail === undefined ? undefined : `from ${detail}`;
    this.status.busy = text === "starting";
    this.status.command = broken
      ? { command: "promptlang.installServer", title: "Install" }
      : { command: "promptlang.showOutput", title: "Output" };
  }
}

/** Open the setting that says where the server is. */
export function openSetting(): void {
  void vscode.commands.executeCommand("workbench.action.openSettings", "promptlang.server.path");
}

/** Return the settings as the server calls them. */
function settings(): Record<string, unknown> {
  const all = vscode.workspace.getConfiguration("promptlang");
  return {
    target: all.get("target", ""),
    select: all.get("select", []),
    "extend-select": all.get("extendSelect", []),
    ignore: all.get("ignore", []),
  };
}

/** Return what is known of the machine and of what is open. */
export async function surroundings(context: vscode.ExtensionContext): Promise<Surroundings> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    setting: vscode.workspace.getConfiguration("promptlang").get("server.path", "").trim(),
    interpreter: await interpreter(folders[0]?.uri),
    folders: folders.filter((f) => f.uri.scheme === "file").map((f) => f.uri.fsPath),
    trusted: vscode.workspace.isTrusted,
    own: ownEnvironment(context),
    path: process.env["PATH"] ?? "",
    windows: process.platform === "win32",
  };
}

interface PythonExtension {
  environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
    resolveEnvironment(path: { path: string }): Promise<
      { executable: { uri?: vscode.Uri } } | undefined
    >;
    onDidChangeActiveEnvironmentPath(listener: () => void): vscode.Disposable;
  };
}

async function python(): Promise<PythonExtension["environments"]> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  if (extension === undefined) return undefined;
  return (extension.isActive ? extension.exports : await extension.activate()).environments;
}

async function interpreter(resource: vscode.Uri | undefined): Promise<string | undefined> {
  try {
    const environments = await python();
    if (environments === undefined) return undefined;
    const path = environments.getActiveEnvironmentPath(resource);
    return (await environments.resolveEnvironment(path))?.executable.uri?.fsPath;
  } catch {
    // Another extension's fault is no reason to go without a server.
    return undefined;
  }
}

/** Call back when the Python extension takes another interpreter. */
export async function onOtherInterpreter(then: () => void): Promise<vscode.Disposable | undefined> {
  try {
    return (await python())?.onDidChangeActiveEnvironmentPath(then);
  } catch {
    return undefined;
  }
}
