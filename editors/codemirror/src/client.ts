// The client of the server: that of CodeMirror, and what it does not do.

import { LSPClient, type LSPClientConfig } from "@codemirror/lsp-client";
import type { CompletionItem, CompletionList, WorkspaceEdit } from "vscode-languageserver-protocol";

type Completions = CompletionItem[] | CompletionList | null;

export class Client extends LSPClient {
  /** What was offered last, as the server spelt it. */
  offered: CompletionItem[] = [];

  constructor(config: LSPClientConfig) {
    super(config);
  }

  override async request<Params, Result>(method: string, params: Params): Promise<Result> {
    const result = await super.request<Params, Result>(method, params);
    if (method === "textDocument/completion") {
      const found = result as Completions;
      this.offered = Array.isArray(found) ? found : (found?.items ?? []);
    } else if (method === "textDocument/rename") {
      await this.opened(result as WorkspaceEdit | null);
    }
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
