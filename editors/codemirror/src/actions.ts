// What can be done about a place: a menu under it.

import { LSPPlugin, type LSPClientExtension } from "@codemirror/lsp-client";
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView, keymap, showTooltip } from "@codemirror/view";
import type { CodeAction, WorkspaceEdit } from "vscode-languageserver-protocol";
import type { Client } from "./client";
import { position, stretch } from "./places";

interface Menu {
  at: number;
  actions: CodeAction[];
}

const opened = StateEffect.define<Menu | null>();

const menu = StateField.define<Menu | null>({
  create: () => null,
  update(open, change) {
    for (const effect of change.effects) if (effect.is(opened)) return effect.value;
    return change.docChanged || change.selection ? null : open;
  },
  provide: (field) =>
    showTooltip.from(field, (open) =>
      open === null
        ? null
        : {
            pos: open.at,
            create: (view) => {
              const dom = list(view, open.actions);
              const mount = (): void => {
                (dom.querySelector("button") ?? dom).focus({ preventScroll: true });
              };
              return { dom, mount };
            },
          },
    ),
});

/** Ask what can be done about a stretch, and offer it. */
export async function showActions(
  view: EditorView,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const plugin = LSPPlugin.get(view);
  if (plugin === null) return;
  const { client, uri } = plugin;
  client.sync();
  const { doc } = view.state;
  const range = { start: position(doc, from), end: position(doc, to) };
  const about = { textDocument: { uri }, range, context: { diagnostics: [] } };
  try {
    const actions = await client.request<object, CodeAction[] | null>(
      "textDocument/codeAction",
      about,
    );
    if (view.state.doc !== doc) return;
    view.dispatch({ effects: opened.of({ at: from, actions: actions ?? [] }) });
  } catch (error) {
    plugin.reportError("There is no answer", error);
  }
}

function list(view: EditorView, actions: readonly CodeAction[]): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "cm-actions";
  dom.role = "menu";
  dom.ariaLabel = "What can be done here";
  dom.tabIndex = -1;
  const close = (): void => {
    view.dispatch({ effects: opened.of(null) });
    view.focus();
  };
  for (const action of actions) {
    const button = document.createElement("button");
    button.role = "menuitem";
    button.type = "button";
    button.textContent = action.title;
    button.addEventListener("click", () => {
      close();
      void run(view, action);
    });
    dom.append(button);
  }
  if (actions.length === 0) dom.textContent = "Nothing to be done here";
  dom.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (!turn(dom, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  dom.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && dom.contains(relatedTarget)) return;
    // The editor may just be taking the menu away.
    setTimeout(() => {
      if (dom.isConnected) view.dispatch({ effects: opened.of(null) });
    });
  });
  return dom;
}

/** Move among the items of a menu as a key says; return whether it says so. */
function turn(dom: HTMLElement, key: string): boolean {
  const items = [...dom.querySelectorAll("button")];
  const here = items.findIndex((item) => item === document.activeElement);
  const step = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[key];
  if (step === undefined) return false;
  items.at(step % items.length)?.focus();
  return true;
}

async function run(view: EditorView, action: CodeAction): Promise<void> {
  const plugin = LSPPlugin.get(view);
  if (plugin === null) return;
  const client = plugin.client as Client;
  const { doc } = view.state;
  try {
    const whole: CodeAction =
      action.edit === undefined ? await client.request("codeAction/resolve", action) : action;
    const edit: WorkspaceEdit = whole.edit ?? {};
    await client.opened(edit);
    if (view.state.doc !== doc) return;
    for (const [uri, edits] of Object.entries(edit.changes ?? {})) {
      const file = client.workspace.getFile(uri);
      if (file === null) continue;
      const changes = edits.map(({ range, newText }) => ({
        ...stretch(file.doc, range),
        insert: newText,
      }));
      client.workspace.updateFile(uri, { changes, userEvent: "fix" });
    }
  } catch (error) {
    plugin.reportError("That cannot be done", error);
  }
}

export function codeActions(): LSPClientExtension {
  const kinds = ["quickfix", "refactor", "refactor.extract", "refactor.rewrite", "source.fixAll"];
  return {
    clientCapabilities: {
      textDocument: {
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: kinds } },
          dataSupport: true,
          isPreferredSupport: true,
          resolveSupport: { properties: ["edit"] },
        },
      },
    },
    editorExtension: [
      menu,
      keymap.of([
        {
          key: "Mod-.",
          run: (view) => {
            void showActions(view, view.state.selection.main);
            return true;
          },
        },
      ]),
    ],
  };
}
