// Which lines can be folded away.

import { codeFolding, foldGutter, foldKeymap, foldService } from "@codemirror/language";
import type { LSPClientExtension } from "@codemirror/lsp-client";
import { StateEffect, StateField } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";
import type { FoldingRange } from "vscode-languageserver-protocol";
import { asked } from "./asked";

interface Fold {
  from: number;
  to: number;
}

const folded = StateEffect.define<Fold[]>();

const folds = StateField.define<Fold[]>({
  create: () => [],
  update(found, change) {
    for (const effect of change.effects) if (effect.is(folded)) return effect.value;
    if (!change.docChanged) return found;
    const map = (at: number): number => change.changes.mapPos(at);
    return found.map(({ from, to }) => ({ from: map(from), to: map(to) }));
  },
});

function take(view: EditorView, found: FoldingRange[]): void {
  const { doc } = view.state;
  const inside = found.filter(({ endLine }) => endLine < doc.lines);
  const all = inside.map(({ startLine, endLine }) => ({
    from: doc.line(startLine + 1).to,
    to: doc.line(endLine + 1).to,
  }));
  view.dispatch({ effects: folded.of(all) });
}

export function folding(): LSPClientExtension {
  return {
    clientCapabilities: { textDocument: { foldingRange: { lineFoldingOnly: true } } },
    editorExtension: [
      folds,
      foldService.of(
        (state, start, end) =>
          state.field(folds).find(({ from, to }) => from >= start && from <= end && to > end) ??
          null,
      ),
      codeFolding(),
      foldGutter({
        foldingChanged: ({ transactions }) =>
          transactions.some(({ effects }) => effects.some((effect) => effect.is(folded))),
      }),
      keymap.of(foldKeymap),
      asked("textDocument/foldingRange", take),
    ],
  };
}
