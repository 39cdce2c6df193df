// What may be written where the cursor is, with what it means.

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  insertCompletionText,
  pickedCompletion,
  snippet,
} from "@codemirror/autocomplete";
import { LSPPlugin } from "@codemirror/lsp-client";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { CompletionItem, CompletionList } from "vscode-languageserver-protocol";
import { offset, position } from "./places";

const SNIPPET = 2;
const ASKED = { triggerKind: 1 };
const WORD = /[\p{L}\p{N}_]/u;

type Found = CompletionItem[] | CompletionList | null;

async function source(context: CompletionContext): Promise<CompletionResult | null> {
  const plugin = context.view && LSPPlugin.get(context.view);
  if (!plugin) return null;
  const { client, uri } = plugin;
  const { doc } = context.state;
  const typed = doc.sliceString(context.pos - 1, context.pos);
  const triggers = client.serverCapabilities?.completionProvider?.triggerCharacters ?? [];
  const triggered = !context.explicit && triggers.includes(typed);
  if (!context.explicit && !triggered && !WORD.test(typed)) return null;
  client.sync();
  const about = {
    textDocument: { uri },
    position: position(doc, context.pos),
    context: triggered ? { triggerKind: 2, triggerCharacter: typed } : ASKED,
  };
  context.addEventListener("abort", () => {
    client.cancelRequest(about);
  });
  const found = await client.request<object, Found>("textDocument/completion", about).catch(
    () => null, // the next key asks again
  );
  const items = Array.isArray(found) ? found : (found?.items ?? []);
  if (items.length === 0) return null;
  const starts = items.map((item) => start(item, context));
  const from = Math.min(...starts);
  const options = items.map((item, place) => {
    const at = starts[place] ?? context.pos;
    return option(plugin, item, doc.sliceString(from, at), at - from);
  });
  return { from, options };
}

/** Return where what an item replaces begins. */
function start({ textEdit }: CompletionItem, { pos, state }: CompletionContext): number {
  if (textEdit === undefined) return state.wordAt(pos)?.from ?? pos;
  const range = "range" in textEdit ? textEdit.range : textEdit.insert;
  return offset(state.doc, range.start);
}

/**
 * Return an item as the editor has it.
 *
 * All items of a list are compared with what stands behind one place. One that replaces less is
 * given what it leaves, so that it is compared with its own part.
 */
function option(plugin: LSPPlugin, item: CompletionItem, left: string, size: number): Completion {
  const text = item.textEdit?.newText ?? item.insertText ?? item.label;
  return {
    label: left + (item.filterText ?? item.label),
    displayLabel: item.label,
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(item.sortText === undefined ? {} : { sortText: item.sortText }),
    info: () => documented(plugin, item),
    apply(view: EditorView, picked: Completion, from: number, to: number) {
      if (item.insertTextFormat === SNIPPET) {
        snippet(fields(text))(view, picked, from + size, to);
        return;
      }
      view.dispatch({
        ...insertCompletionText(view.state, text, from + size, to),
        annotations: pickedCompletion.of(picked),
      });
    },
  };
}

/** Return a snippet with its fields as the editor spells them; of a choice, the first. */
export function fields(text: string): string {
  return text.replace(/\$\{(\d+)\|([^,|]*)[^}]*\}/g, "${$1:$2}").replace(
    /\\([$}\\])|\$(\d+)/g,
    (_, escaped: string | undefined, field: string) => escaped ?? `\${${field}}`,
  );
}

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
