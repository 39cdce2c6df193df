// The prompts of a script beside it.

import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import * as vscode from "vscode";
import { LANGUAGE, type Server } from "../server";
import type { TargetPicker } from "../target";
import { within } from "./follow";
import type { FromPage, Previewed, ToPage } from "./messages";

/** Milliseconds without another key after which the prompts are made anew. */
const REST = 120;

export class PreviewPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  static readonly TYPE = "promptlang.preview";
  private panel: vscode.WebviewPanel | undefined;
  private script: vscode.Uri | undefined;
  private waiting: NodeJS.Timeout | undefined;
  // Counts what was asked for, so that a late answer does not replace a newer one.
  private asked = 0;
  private readonly watching: vscode.Disposable[];

  constructor(
    private readonly root: vscode.Uri,
    private readonly server: Server,
    private readonly picker: TargetPicker,
  ) {
    this.watching = [
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document.uri.toString() === this.script?.toString()) this.soon();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (this.panel !== undefined && editor?.document.languageId === LANGUAGE) {
          this.take(editor.document.uri);
        }
      }),
      vscode.window.onDidChangeTextEditorSelection((event) => {
        const [selection] = event.selections;
        if (selection !== undefined && this.shows(event.textEditor)) {
          const { line, character } = selection.active;
          this.tell({ type: "cursor", cursor: { line, character } });
        }
      }),
      server.onDidChange((running) => {
        if (running) this.soon();
      }),
      picker.onDidChange(() => {
        this.soon();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("promptlang")) this.soon();
      }),
    ];
  }

  /** Show the prompts of a script beside it. */
  show(editor: vscode.TextEditor): void {
    if (this.panel === undefined) {
      const column = vscode.ViewColumn.Beside;
      const place = { viewColumn: column, preserveFocus: true };
      this.adopt(vscode.window.createWebviewPanel(PreviewPanel.TYPE, "Prompts", place));
    } else {
      this.panel.reveal(undefined, true);
    }
    this.take(editor.document.uri);
  }

  /** Show again what was shown before the editor was closed. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.adopt(panel);
    const uri = (state as { uri?: unknown } | undefined)?.uri;
    const [editor] = vscode.window.visibleTextEditors.filter(
      (one) => one.document.languageId === LANGUAGE,
    );
    if (typeof uri === "string") this.take(vscode.Uri.parse(uri));
    else if (editor !== undefined) this.take(editor.document.uri);
    return Promise.resolve();
  }

  dispose(): void {
    clearTimeout(this.waiting);
    this.panel?.dispose();
    for (const one of this.watching) one.dispose();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.root, "images", "file-light.svg"),
      dark: vscode.Uri.joinPath(this.root, "images", "file-dark.svg"),
    };
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: ["dist", "media"].map((name) => vscode.Uri.joinPath(this.root, name)),
    };
    panel.webview.onDidReceiveMessage((message: FromPage) => void this.hear(message));
    panel.onDidChangeViewState(() => {
      if (panel.visible) this.soon();
    });
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
    panel.webview.html = this.page(panel.webview);
  }

  private take(script: vscode.Uri): void {
    if (script.toString() === this.script?.toString()) return this.soon();
    this.script = script;
    if (this.panel !== undefined) this.panel.title = `Prompts: ${this.name()}`;
    void this.refresh();
  }

  private name(): string {
    return basename(this.script?.path ?? "");
  }

  private shows(editor: vscode.TextEditor): boolean {
    return editor.document.uri.toString() === this.script?.toString();
  }

  private soon(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.refresh(), REST);
  }

  private async refresh(): Promise<void> {
    const { script } = this;
    if (this.panel?.visible !== true || script === undefined || !this.server.running) return;
    const number = ++this.asked;
    try {
      const made = await this.server.run<Previewed>("promptlang.preview", script.toString());
      if (number !== this.asked) return;
      for (const target of made.targets) target.title = this.picker.title(target.target);
      const editor = vscode.window.visibleTextEditors.find((one) => this.shows(one));
      const active = editor?.selection.active;
      const cursor = active && { line: active.line, character: active.character };
      this.tell({ type: "prompts", name: this.name(), made, cursor });
    } catch (error) {
      const lacking = await this.picker.lacking(script).catch(() => false);
      if (number !== this.asked) return;
      const message = lacking
        ? "It names no target. Write a line such as target: fal/kling-o3-pro at its top, or choose one."
        : error instanceof Error
          ? error.message
          : String(error);
      this.tell({ type: "trouble", name: this.name(), message });
    }
  }

  private tell(message: ToPage): void {
    void this.panel?.webview.postMessage(message);
  }

  private async hear(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.refresh();
      case "target":
        await vscode.commands.executeCommand("promptlang.pickTarget");
        return;
      case "problems":
        await vscode.commands.executeCommand("workbench.actions.view.problems");
        return;
      case "copy":
        await vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(`$(check) ${message.what} is in the clipboard`, 3000);
        return;
      case "loss":
        return this.reveal((document) => {
          const line = Math.min(message.line, document.lineCount) - 1;
          // Columns of results count characters, an editor counts in units of UTF-16.
          const before = [...document.lineAt(line).text].slice(0, message.column - 1).join("");
          return new vscode.Position(line, before.length);
        });
      case "reveal":
        return this.reveal((document) => {
          const line = Math.min(message.from.line, document.lineCount - 1);
          const { text } = document.lineAt(line);
          const place = within(message.from, message.piece, message.offset, text);
          return new vscode.Position(line, place.character);
        });
    }
  }

  private async reveal(place: (document: vscode.TextDocument) => vscode.Position): Promise<void> {
    if (this.script === undefined) return;
    const document = await vscode.workspace.openTextDocument(this.script);
    const editor = vscode.window.visibleTextEditors.find((one) => this.shows(one));
    const at = place(document);
    await vscode.window.showTextDocument(document, {
      viewColumn: editor?.viewColumn ?? vscode.ViewColumn.One,
      selection: new vscode.Range(at, at),
    });
  }

  private page(webview: vscode.Webview): string {
    const nonce = randomBytes(16).toString("hex");
    const style = webview.asWebviewUri(vscode.Uri.joinPath(this.root, "media", "preview.css"));
    const code = webview.asWebviewUri(vscode.Uri.joinPath(this.root, "dist", "preview.js"));
    const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
    return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${style.toString()}">
  <title>Prompts</title>
</head>
<body>
  <main id="prompts"><p class="waiting">Waiting for the prompts…</p></main>
  <script nonce="${nonce}" src="${code.toString()}"></script>
</body>
</html>`;
  }
}
