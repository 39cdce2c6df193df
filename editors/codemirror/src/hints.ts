// What stands between the words: running time, numbers of references, room left.

import type { LSPClientExtension } from "@codemirror/lsp-client";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import type { InlayHint } from "vscode-languageserver-protocol";
import { asked } from "./asked";
import { offset, position } from "./places";

class Hint extends WidgetType {
  constructor(
    private readonly text: string,
    private readonly place: string,
  ) {
    super();
  }

  override eq(other: Hint): boolean {
    return other.text === this.text && other.place === this.place;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement(this.place === "above" ? "div" : "span");
    element.className = `cm-hint ${this.place}`;
    element.textContent = this.text;
    element.ariaHidden = "true";
    return element;
  }
}

const hinted = StateEffect.define<DecorationSet>();

const hints = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, change) {
    for (const effect of change.effects) if (effect.is(hinted)) return effect.value;
    return set.map(change.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function take(view: EditorView, found: InlayHint[]): void {
  const widgets = found.map(({ label, position: at, paddingLeft, paddingRight }) => {
    const text = typeof label === "string" ? label : label.map(({ value }) => value).join("");
    const above = at.character === 0;
    const sides = `${paddingLeft === true ? "before" : ""} ${paddingRight === true ? "after" : ""}`;
    const widget = new Hint(text, above ? "above" : sides);
    const where = above ? { block: true, side: -1 } : { side: 1 };
    return Decoration.widget({ widget, ...where }).range(offset(view.state.doc, at));
  });
  view.dispatch({ effects: hinted.of(Decoration.set(widgets, true)) });
}

export function inlayHints(): LSPClientExtension {
  const whole = ({ state: { doc } }: EditorView) => ({
    range: { start: { line: 0, character: 0 }, end: position(doc, doc.length) },
  });
  return {
    clientCapabilities: { textDocument: { inlayHint: {} } },
    editorExtension: [hints, asked("textDocument/inlayHint", take, whole)],
  };
}
