// The scripts that are open: one is in the editor, others may be included by it.

import { LSPPlugin, Workspace, type LSPClient, type WorkspaceFile } from "@codemirror/lsp-client";
import type { ChangeSet, EditorState, Text, TransactionSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

/** A script that is open. */
export class Script implements WorkspaceFile {
  version = 0;
  doc: Text;
  view: EditorView | null = null;

  constructor(
    readonly uri: string,
    readonly languageId: string,
    /** What the editor knows of it while another script is in it. */
    public state: EditorState,
  ) {
    this.doc = state.doc;
  }

  getView(): EditorView | null {
    return this.view;
  }
}

/** Where scripts come from. */
export interface Shelf {
  /** Return a script as it opens, undefined if there is none. */
  take(uri: string): Promise<EditorState | undefined>;
  /** Put a script into the editor. */
  show(uri: string): Promise<EditorView>;
  /** Take what a script says that is not in the editor. */
  keep(uri: string, text: string): void;
}

export class Files extends Workspace {
  override files: Script[] = [];

  constructor(
    client: LSPClient,
    private readonly language: string,
    private readonly shelf: Shelf,
  ) {
    super(client);
  }

  override getFile(uri: string): Script | null {
    return this.files.find((file) => file.uri === uri) ?? null;
  }

  override syncFiles(): { file: Script; prevDoc: Text; changes: ChangeSet }[] {
    const found = [];
    for (const file of this.files) {
      const plugin = file.view && LSPPlugin.get(file.view);
      if (!plugin || plugin.uri !== file.uri || plugin.unsyncedChanges.empty) continue;
      found.push({ file, prevDoc: file.doc, changes: plugin.unsyncedChanges });
      file.doc = plugin.view.state.doc;
      file.version += 1;
      plugin.clear();
    }
    return found;
  }

  override openFile(uri: string, language: string, view: EditorView): void {
    const file = this.getFile(uri) ?? this.add(new Script(uri, language, view.state));
    file.view = view;
  }

  /** The editor turns to another script; this one stays open. */
  override closeFile(uri: string): void {
    const file = this.getFile(uri);
    if (file !== null) file.view = null;
  }

  override async requestFile(uri: string): Promise<Script | null> {
    const open = this.getFile(uri);
    if (open !== null) return open;
    const state = await this.shelf.take(uri);
    return state === undefined ? null : this.add(new Script(uri, this.language, state));
  }

  override updateFile(uri: string, update: TransactionSpec): void {
    const file = this.getFile(uri);
    if (file?.view) {
      file.view.dispatch(update);
    } else if (file) {
      file.state = file.state.update(update).state;
      file.doc = file.state.doc;
      file.version += 1;
      this.client.notification("textDocument/didChange", {
        textDocument: { uri, version: file.version },
        contentChanges: [{ text: file.doc.toString() }],
      });
      this.shelf.keep(uri, file.doc.toString());
    }
  }

  override async displayFile(uri: string): Promise<EditorView | null> {
    return (await this.requestFile(uri)) === null ? null : this.shelf.show(uri);
  }

  private add(file: Script): Script {
    this.files.push(file);
    this.client.didOpen(file);
    return file;
  }
}
