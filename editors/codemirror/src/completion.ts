// What may be written where the cursor is, with what it means.

import { autocompletion, type CompletionSource } from "@codemirror/autocomplete";
import { LSPPlugin, serverCompletionSource } from "@codemirror/lsp-client";
import type { Extension } from "@codemirror/state";
import type { CompletionItem } from "vscode-languageserver-protocol";
import type { Client } from "./client";

const source: CompletionSource = async (context) => {
  const plugin = context.view && LSPPlugin.get(context.view);
  const result = await serverCompletionSource(context);
  if (!plugin || !result) return result;
  const { offered } = plugin.client as Client;
  const options = result.options.map((option, place) => {
    const item = offered[place];
    return item === undefined ? option : { ...option, info: () => documented(plugin, item) };
  });
  return { ...result, options };
};

/** Return what an item means, which the server says when it is asked for it. */
async function documented(plugin: LSPPlugin, item: CompletionItem): Promise<Node | null> {
  const whole = await plugin.client.request<object, CompletionItem>("completionItem/resolve", item);
  if (whole.documentation === undefined) return null;
  const element = document.createElement("div");
  element.className = "cm-lsp-documentation";
  element.innerHTML = plugin.docToHTML(whole.documentation);
  return element;
}

export function completion(): Extension {
  return autocompletion({ icons: false, override: [source] });
}
