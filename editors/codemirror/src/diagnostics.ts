// What is wrong, as the server tells it: with its name, and with what mends it at hand.

import { type Diagnostic as Shown, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { LSPPlugin, type LSPClientExtension } from "@codemirror/lsp-client";
import { type EditorView, keymap, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import { showActions } from "./actions";
import { stretch } from "./places";

/** Milliseconds without another key after which the server hears of what was typed. */
const REST = 20;
const SEVERITIES = ["error", "error", "warning", "info", "hint"] as const;
const TAGS = ["", "unnecessary", "deprecated"];

/** Return what a number of the protocol is called. */
export function severity({ severity }: Diagnostic): "error" | "warning" | "info" | "hint" {
  return SEVERITIES[severity ?? 1] ?? "error";
}

/** Return what is said of a problem. */
export function words({ message }: Diagnostic): string {
  return typeof message === "string" ? message : message.value;
}

function shown(plugin: LSPPlugin, found: Diagnostic): Shown {
  const { from, to } = stretch(plugin.syncedDoc, found.range);
  const unsynced = plugin.unsyncedChanges;
  const fixable = (found.data as { fixable?: boolean } | undefined)?.fixable === true;
  return {
    from: unsynced.mapPos(from),
    to: unsynced.mapPos(to),
    severity: severity(found),
    message: words(found),
    source: String(found.code ?? ""),
    markClass: (found.tags ?? []).map((tag) => `cm-${TAGS[tag] ?? ""}`).join(" "),
    actions: fixable
      ? [{ name: "Fix…", apply: (view, at) => void showActions(view, { from: at, to: at }) }]
      : [],
  };
}

const telling = ViewPlugin.fromClass(
  class {
    private waiting: ReturnType<typeof setTimeout> | undefined;

    update({ docChanged, view }: ViewUpdate): void {
      if (!docChanged) return;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => LSPPlugin.get(view)?.client.sync(), REST);
    }

    destroy(): void {
      clearTimeout(this.waiting);
    }
  },
);

/**
 * Mark what is wrong.
 *
 * @param told Is told of it too.
 */
export function diagnostics(told: (uri: string, found: Diagnostic[]) => void): LSPClientExtension {
  return {
    clientCapabilities: {
      textDocument: { publishDiagnostics: { versionSupport: true, tagSupport: { valueSet: [1, 2] } } },
    },
    notificationHandlers: {
      "textDocument/publishDiagnostics": (client, params: PublishDiagnosticsParams) => {
        const file = client.workspace.getFile(params.uri);
        // What is about an older text is followed by what is about this one.
        if (file === null || (params.version ?? file.version) !== file.version) return true;
        told(params.uri, params.diagnostics);
        const view = file.getView();
        if (view !== null) mark(view, params.diagnostics);
        return true;
      },
    },
    editorExtension: [telling, lintGutter(), keymap.of(lintKeymap)],
  };
}

/** Mark what is wrong with the script in the editor. */
export function mark(view: EditorView, found: readonly Diagnostic[]): void {
  const plugin = LSPPlugin.get(view);
  if (plugin === null) return;
  const all = found.map((one) => shown(plugin, one));
  view.dispatch(setDiagnostics(view.state, all));
}
