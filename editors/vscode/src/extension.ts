// What the extension adds to the editor.

import * as vscode from "vscode";
import { edited } from "./edited";
import { install } from "./missing";
import { PreviewPanel } from "./preview/panel";
import { Results, SCHEME } from "./results";
import { LANGUAGE, onOtherInterpreter, Server } from "./server";
import { TargetPicker } from "./target";

/** What tests of the extension may ask. */
export interface Api {
  server: Server;
}

export function activate(context: vscode.ExtensionContext): Api {
  const results = new Results();
  const server = new Server(context, (command, args, result) => {
    show(results, preview, command, args, result);
  });
  const picker = new TargetPicker(server, context.workspaceState);
  const preview = new PreviewPanel(context.extensionUri, server, picker);
  context.subscriptions.push(
    server,
    results,
    picker,
    preview,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, results),
    vscode.window.registerWebviewPanelSerializer(PreviewPanel.TYPE, preview),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("promptlang.server")) void server.restart();
      else if (event.affectsConfiguration("promptlang")) {
        server.configure();
        void picker.refresh();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void server.restart()),
    ...commands(context, server, results, picker, preview),
  );
  void onOtherInterpreter(() => void server.restart()).then((watching) => {
    if (watching !== undefined) context.subscriptions.push(watching);
  });
  void server.restart();
  return { server };
}

function commands(
  context: vscode.ExtensionContext,
  server: Server,
  results: Results,
  picker: TargetPicker,
  preview: PreviewPanel,
): vscode.Disposable[] {
  const all: Record<string, () => unknown> = {
    showPreview: () => {
      const editor = edited();
      if (editor !== undefined) preview.show(editor);
    },
    compileScript: async () => {
      const uri = edited()?.document.uri;
      if (uri === undefined) return;
      const made = await server.run<unknown[]>("promptlang.compile", uri.toString());
      await results.show(uri, "compiled", made.length === 1 ? made[0] : made);
    },
    showPayload: async () => {
      const editor = edited();
      if (editor === undefined) return;
      const { uri } = editor.document;
      const made = await server.run<unknown[]>("promptlang.payload", uri.toString(), at(editor));
      if (made.length === 0) throw new Error("nothing is sent for this shot: it has an error");
      await results.show(uri, "request", made.length === 1 ? made[0] : made);
    },
    copyPrompt: async () => {
      const editor = edited();
      if (editor === undefined) return;
      const uri = editor.document.uri.toString();
      await vscode.env.clipboard.writeText(await server.run("promptlang.prompt", uri, at(editor)));
      vscode.window.setStatusBarMessage("$(check) The prompt is in the clipboard", 3000);
    },
    pickTarget: () => picker.pick(),
    restartServer: () => server.restart(),
    showOutput: () => {
      server.output.show();
    },
    installServer: async () => {
      if ((await install(context, server.output)) && !server.running) await server.restart();
    },
    newScript: () => newScript(),
  };
  return Object.entries(all).map(([name, run]) =>
    vscode.commands.registerCommand(`promptlang.${name}`, async () => {
      try {
        await run();
      } catch (error) {
        // The messages of the server are for people.
        const message = error instanceof Error ? error.message : String(error);
        void vscode.window.showWarningMessage(`promptlang: ${message}`);
      }
    }),
  );
}

/** Show what came of a command that a lens or an action ran. */
function show(
  results: Results,
  preview: PreviewPanel,
  command: string,
  args: unknown[],
  result: unknown,
): void {
  const [script] = args;
  const uri = typeof script === "string" ? vscode.Uri.parse(script) : undefined;
  if (command === "promptlang.prompt" && typeof result === "string") {
    void vscode.env.clipboard.writeText(result);
    vscode.window.setStatusBarMessage("$(check) The prompt is in the clipboard", 3000);
  } else if (uri !== undefined && command === "promptlang.payload") {
    void results.show(uri, "request", result);
  } else if (uri !== undefined && /^promptlang\.(?:compile|preview)$/.test(command)) {
    const editor = vscode.window.visibleTextEditors.find(
      (one) => one.document.uri.toString() === uri.toString(),
    );
    if (editor !== undefined) preview.show(editor);
  }
}

async function newScript(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: LANGUAGE, content: "" });
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand("editor.action.insertSnippet", { name: "A film" });
}

function at(editor: vscode.TextEditor): { line: number; character: number } {
  const { line, character } = editor.selection.active;
  return { line, character };
}
