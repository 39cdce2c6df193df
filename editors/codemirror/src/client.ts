// The client of the server: that of CodeMirror, and what it does not do.

import { LSPClient } from "@codemirror/lsp-client";
import type { WorkspaceEdit } from "vscode-languageserver-protocol";

export class Client extends LSPClient {
  override async request<Params, Result>(method: string, params: Params): Promise<Result> {
    const result = await super.request<Params, Result>(method, params);
    if (method === "textDocument/rename") await this.opened(result as WorkspaceEdit | null);
    return result;
  }

  /** Run a command of the server on what the editor says now. */
  run<Result>(command: string, ...words: unknown[]): Promise<Result> {
    this.sync();
    return this.request("workspace/executeCommand", { command, arguments: words });
  }

  /** Open every file an edit is about; one that stays closed would be passed over in silence. */
  async opened(edit: WorkspaceEdit | null): Promise<void> {
    for (const uri of Object.keys(edit?.changes ?? {})) {
      if ((await this.workspace.requestFile(uri)) === null) {
        throw new Error(`${uri.split("/").pop() ?? uri} would change too, and is not open here`);
      }
    }
  }
}
