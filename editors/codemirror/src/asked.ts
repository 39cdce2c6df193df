// What the server is asked for whenever the text rests.

import { LSPPlugin } from "@codemirror/lsp-client";
import { StateEffect, type Extension } from "@codemirror/state";
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** Milliseconds without another key. */
const REST = 60;

/** Says that answers may differ though the text does not. */
export const askAgain = StateEffect.define<null>();

/**
 * Ask for something now and after every change.
 *
 * @param method What is asked.
 * @param take Takes the answer, if the text is still what was asked about.
 * @param more Returns the parameters besides the file.
 */
export function asked<Result>(
  method: string,
  take: (view: EditorView, result: Result) => void,
  more: (view: EditorView) => object = () => ({}),
): Extension {
  return ViewPlugin.fromClass(
    class {
      private waiting: ReturnType<typeof setTimeout> | undefined;

      constructor(private readonly view: EditorView) {
        this.soon();
      }

      update(update: ViewUpdate): void {
        const again = update.transactions.some((one) => one.effects.some((e) => e.is(askAgain)));
        if (update.docChanged || again) this.soon();
      }

      destroy(): void {
        clearTimeout(this.waiting);
      }

      private soon(): void {
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => void this.ask(), REST);
      }

      private async ask(): Promise<void> {
        const { view } = this;
        const plugin = LSPPlugin.get(view);
        if (plugin === null) return;
        const { doc } = view.state;
        plugin.client.sync();
        const about = { textDocument: { uri: plugin.uri }, ...more(view) };
        let result: Result | null;
        try {
          result = await plugin.client.request<object, Result | null>(method, about);
        } catch {
          return; // The next key asks again.
        }
        const same = LSPPlugin.get(view) === plugin && view.state.doc === doc;
        if (same && result !== null) take(view, result);
      }
    },
  );
}
