// The script that is being written.

import * as vscode from "vscode";
import { LANGUAGE } from "./server";

/**
 * Return the editor of the script that is being written.
 *
 * While something that is no text has the focus, such as the prompts of the script, that is the
 * script in sight.
 */
export function edited(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editor = activeTextEditor ?? visibleTextEditors.find(isScript);
  return editor !== undefined && isScript(editor) ? editor : undefined;
}

function isScript(editor: vscode.TextEditor): boolean {
  return editor.document.languageId === LANGUAGE;
}
