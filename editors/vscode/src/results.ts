// What the server made, shown as documents that nobody has to save.

import { basename } from "node:path";
import * as vscode from "vscode";

export const SCHEME = "promptlang";

export class Results implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();
  private readonly closing = vscode.workspace.onDidCloseTextDocument((document) => {
    this.texts.delete(document.uri.toString());
  });

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "";
  }

  /** Show a value as JSON beside its script. */
  async show(script: vscode.Uri, what: string, value: unknown): Promise<void> {
    const name = basename(script.path).replace(/\.shot$/, "");
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name} ${what}.json` });
    this.texts.set(uri.toString(), `${JSON.stringify(value, null, 2)}\n`);
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  dispose(): void {
    this.closing.dispose();
    this.changed.dispose();
  }
}
