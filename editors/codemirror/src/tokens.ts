// Colours by meaning: the semantic tokens of the server.

import { LSPPlugin, type LSPClientExtension } from "@codemirror/lsp-client";
import { Prec, RangeSetBuilder, StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { SemanticTokens, SemanticTokensLegend } from "vscode-languageserver-protocol";
import { asked } from "./asked";

/** A word, and the classes it is coloured by. */
export interface Token {
  from: number;
  to: number;
  classes: string;
}

/** Return the tokens an answer holds: five numbers each, relative to the one before. */
export function* tokens(
  data: readonly number[],
  doc: Text,
  { tokenTypes, tokenModifiers }: SemanticTokensLegend,
): Generator<Token> {
  let line = 0;
  let character = 0;
  for (let at = 0; at + 4 < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0, bits = 0] = data.slice(at, at + 5);
    character = down === 0 ? character + right : right;
    line += down;
    const { from, to } = doc.line(line + 1);
    const said = tokenModifiers.filter((_, bit) => (bits >> bit) & 1).map((name) => ` mod-${name}`);
    yield {
      from: Math.min(from + character, to),
      to: Math.min(from + character + length, to),
      classes: `tok-${tokenTypes[type] ?? "unknown"}${said.join("")}`,
    };
  }
}

const coloured = StateEffect.define<DecorationSet>();

const colours = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, change) {
    for (const effect of change.effects) if (effect.is(coloured)) return effect.value;
    return set.map(change.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const marks = new Map<string, Decoration>();

function mark(classes: string): Decoration {
  let found = marks.get(classes);
  if (found === undefined) marks.set(classes, (found = Decoration.mark({ class: classes })));
  return found;
}

function take(view: EditorView, { data }: SemanticTokens): void {
  const legend = LSPPlugin.get(view)?.client.serverCapabilities?.semanticTokensProvider?.legend;
  if (legend === undefined) return;
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to, classes } of tokens(data, view.state.doc, legend)) {
    if (from < to) builder.add(from, to, mark(classes));
  }
  view.dispatch({ effects: coloured.of(builder.finish()) });
}

export function semanticTokens(): LSPClientExtension {
  return {
    clientCapabilities: {
      textDocument: {
        semanticTokens: {
          formats: ["relative"],
          requests: { full: true },
          tokenModifiers: [],
          tokenTypes: [],
        },
      },
    },
    // What is of higher precedence is nearer to the word, and so its colour counts.
    editorExtension: [Prec.highest(colours), asked("textDocument/semanticTokens/full", take)],
  };
}
