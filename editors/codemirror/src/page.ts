// The page: an editor, what is made of its script beside it, and a bar above both.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { indentUnit } from "@codemirror/language";
import {
  findReferencesKeymap,
  formatDocument,
  formatKeymap,
  hoverTooltips,
  jumpToDefinitionKeymap,
  LSPPlugin,
  renameKeymap,
  type Transport,
} from "@codemirror/lsp-client";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import DOMPurify from "dompurify";
import type { Diagnostic, Position } from "vscode-languageserver-protocol";
import { within } from "../../vscode/src/preview/follow";
import type { FromPage, Previewed } from "../../vscode/src/preview/messages";
import { codeActions } from "./actions";
import { askAgain } from "./asked";
import { Client } from "./client";
import { completion } from "./completion";
import { diagnostics, mark, severity } from "./diagnostics";
import { Files } from "./files";
import { folding } from "./folding";
import { inlayHints } from "./hints";
import { language, LANGUAGE } from "./language";
import { Panes } from "./panes";
import { counted, offset, position } from "./places";
import { preferred, remember, type Theme, themed, turned } from "./theme";
import { semanticTokens } from "./tokens";

/** Milliseconds without another key after which prompts are made anew. */
const REST = 120;
/** Milliseconds the server may take: a browser starts it while the first answer is waited for. */
const PATIENCE = 120_000;
/** Milliseconds a message is shown. */
const SHOWN = 4000;

interface Targets {
  chosen: string | null;
  script: string[];
  targets: { id: string; title: string }[];
}

export interface Options {
  /** The folder scripts lie in. */
  root: string;
  /** The scripts there are, by name, as they are at first. */
  scripts: Record<string, string>;
  /** The name of the script to begin with. */
  first: string;
  /** Writes a script where the server finds what others include. */
  write?: (path: string, text: string) => void;
}

function get<Found extends HTMLElement>(id: string): Found {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page lacks #${id}`);
  return found as Found;
}

export class Page {
  readonly client: Client;
  readonly view: EditorView;
  readonly panes: Panes;
  private readonly files: Files;
  private readonly scripts: Map<string, string>;
  /** Where lines end in two characters. */
  private readonly wide = new Set<string>();
  private readonly told = new Map<string, Diagnostic[]>();
  private titles = new Map<string, string>();
  private theme: Theme = preferred();
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private hiding: ReturnType<typeof setTimeout> | undefined;
  // Counts what was asked for, so that a late answer does not replace a newer one.
  private asked = 0;
  private edited = false;

  constructor(private readonly options: Options) {
    this.scripts = new Map(Object.entries(options.scripts));
    let files: Files | undefined;
    this.client = new Client({
      timeout: PATIENCE,
      rootUri: options.root,
      sanitizeHTML: (html) => DOMPurify.sanitize(html),
      workspace: (client) =>
        (files = new Files(client, LANGUAGE, {
          take: (uri) => Promise.resolve(this.taken(uri)),
          show: (uri) => this.show(uri),
          keep: (uri, text) => {
            this.keep(this.named(uri), text);
          },
        })),
      extensions: [
        diagnostics((uri, found) => {
          this.tellProblems(uri, found);
        }),
        semanticTokens(),
        inlayHints(),
        codeActions(),
        folding(),
        hoverTooltips({ hoverTime: 250 }),
        keymap.of([
          ...formatKeymap,
          ...renameKeymap,
          ...jumpToDefinitionKeymap,
          ...findReferencesKeymap,
        ]),
      ],
    });
    if (files === undefined) throw new Error("the client takes no workspace");
    this.files = files;
    this.panes = new Panes(
      (message) => void this.heard(message),
      (at) => {
        this.go(at);
      },
    );
    const state = this.taken(this.uri(options.first));
    this.view = new EditorView({ parent: get("editor"), ...(state === undefined ? {} : { state }) });
    this.listed(options.first);
    this.bar();
    this.turn(this.theme);
    this.moved();
  }

  /** The name of the script in the editor. */
  get name(): string {
    return this.named(LSPPlugin.get(this.view)?.uri ?? "");
  }

  /** What the script in the editor says, with its line ends as they were. */
  get text(): string {
    const text = this.view.state.doc.toString();
    return this.wide.has(this.name) ? text.replaceAll("\n", "\r\n") : text;
  }

  /** The target that was chosen for all scripts, empty for what each says. */
  get target(): string {
    return get<HTMLSelectElement>("target").value;
  }

  /** Begin to talk to a server. */
  async connect(transport: Transport): Promise<void> {
    const chosen = this.target;
    await this.client.connect(transport).initializing;
    const { targets } = await this.client.run<Targets>("promptlang.targets");
    this.titles = new Map(targets.map(({ id, title }) => [id, title]));
    this.offer(targets);
    if (chosen !== "") await this.choose(chosen);
    this.view.dispatch({ effects: askAgain.of(null) });
    await this.make();
  }

  /** Open a script under a name, in the place of one of that name. */
  async open(name: string, text: string): Promise<void> {
    const uri = this.uri(name);
    const open = this.files.getFile(uri);
    this.keep(name, text);
    this.wide.delete(name);
    if (text.includes("\r\n")) this.wide.add(name);
    if (open === null) {
      await this.show(uri);
    } else {
      const { doc } = open.state;
      this.files.updateFile(uri, { changes: { from: 0, to: doc.length, insert: text } });
      await this.show(uri);
    }
    this.listed(name);
    this.edited = false;
  }

  /** Choose the target of all scripts; an empty one for what each says itself. */
  async choose(target: string): Promise<void> {
    get<HTMLSelectElement>("target").value = target;
    await this.client.run("promptlang.chooseTarget", target === "" ? null : target);
    this.view.dispatch({ effects: askAgain.of(null) });
    await this.make();
  }

  /** Say something for a while. */
  say(message: string): void {
    get("message").textContent = message;
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => {
      get("message").textContent = "";
    }, SHOWN);
  }

  private uri(name: string): string {
    return `${this.options.root}/${name.split("/").map(encodeURIComponent).join("/")}`;
  }

  private named(uri: string): string {
    return decodeURIComponent(uri.slice(this.options.root.length + 1));
  }

  /** Take what a script says now for all that include it. */
  private keep(name: string, text: string): void {
    if (this.scripts.get(name) === text) return;
    this.scripts.set(name, text);
    const { write } = this.options;
    if (write === undefined) return;
    const uri = this.uri(name);
    write(decodeURIComponent(new URL(uri).pathname), text);
    const changes = [{ uri, type: 2 }];
    this.client.notification("workspace/didChangeWatchedFiles", { changes });
  }

  private taken(uri: string): EditorState | undefined {
    const name = this.named(uri);
    const text = uri.startsWith(`${this.options.root}/`) ? this.scripts.get(name) : undefined;
    if (text === undefined) return undefined;
    return EditorState.create({ doc: text, extensions: this.extensions(uri) });
  }

  private extensions(uri: string) {
    return [
      language(),
      themed(this.theme),
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      closeBrackets(),
      completion(),
      search({ top: true }),
      indentUnit.of("  "),
      EditorView.lineWrapping,
      // What stands between the lines comes after them, and must not push the cursor out of sight.
      EditorView.scrollMargins.of(() => ({ top: 24, bottom: 96 })),
      EditorView.contentAttributes.of({ "aria-label": "Script", spellcheck: "false" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          this.edited = true;
          this.soon();
        }
        if (update.docChanged || update.selectionSet) this.moved();
      }),
      keymap.of([
        { key: "Mod-s", run: () => this.save(), preventDefault: true },
        ...closeBracketsKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      this.client.plugin(uri, LANGUAGE),
    ];
  }

  private async show(uri: string): Promise<EditorView> {
    const file = await this.files.requestFile(uri);
    if (file === null) throw new Error(`${uri} is not open here`);
    if (file.view === null) {
      this.client.sync();
      const left = this.files.getFile(this.uri(this.name));
      if (left !== null) {
        left.state = this.view.state;
        this.keep(this.name, this.text);
      }
      this.view.setState(file.state);
      this.turn(this.theme);
      mark(this.view, this.told.get(uri) ?? []);
      this.listed(this.name);
      this.tellProblems(uri, this.told.get(uri) ?? []);
      this.moved();
      void this.make();
    }
    return this.view;
  }

  private tellProblems(uri: string, found: Diagnostic[]): void {
    this.told.set(uri, found);
    if (uri !== this.uri(this.name)) return;
    this.panes.problems(found);
    const count = (wanted: string): number =>
      found.filter((one) => severity(one) === wanted).length;
    const [errors, warnings] = [count("error"), count("warning")];
    const other = found.length - errors - warnings;
    get("found").textContent = [
      `${errors} ${errors === 1 ? "error" : "errors"}`,
      `${warnings} ${warnings === 1 ? "warning" : "warnings"}`,
      ...(other > 0 ? [`${other} of advice`] : []),
    ].join(" · ");
  }

  private soon(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.make(), REST);
  }

  /** Make the prompts of the script as it is now. */
  private async make(): Promise<void> {
    if (this.client.serverCapabilities === null) return;
    this.asked += 1;
    const asked = this.asked;
    const uri = this.uri(this.name);
    try {
      const made = await this.client.run<Previewed>("promptlang.preview", uri);
      if (asked !== this.asked) return;
      for (const target of made.targets) target.title = this.titles.get(target.target);
      const lacking = made.targets.length === 0;
      if (lacking) this.panes.trouble(this.name, "Nothing says what it is made with.");
      else this.panes.show(made, this.cursor());
    } catch (error) {
      if (asked === this.asked) this.panes.trouble(this.name, said(error));
    }
  }

  private cursor(): Position {
    return position(this.view.state.doc, this.view.state.selection.main.head);
  }

  private moved(): void {
    const { line, character } = this.cursor();
    get("cursor").textContent = `Ln ${line + 1}, Col ${character + 1}`;
    this.panes.mark({ line, character });
  }

  private go(at: Position): void {
    const anchor = offset(this.view.state.doc, at);
    this.view.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: "center" }),
    });
    this.view.focus();
  }

  /** Do what a click beside the script is for. */
  private async heard(message: FromPage): Promise<void> {
    const { doc } = this.view.state;
    switch (message.type) {
      case "copy":
        await navigator.clipboard.writeText(message.text);
        this.say(`${message.what} is in the clipboard`);
        break;
      case "loss":
        this.go(counted(doc, message.line, message.column));
        break;
      case "problems":
        this.panes.open("problems");
        break;
      case "ready":
        break;
      case "reveal": {
        const line = doc.line(Math.min(message.from.line + 1, doc.lines)).text;
        this.go(within(message.from, message.piece, message.offset, line));
        break;
      }
      case "target":
        get("target").focus();
        if ("showPicker" in HTMLSelectElement.prototype) {
          get<HTMLSelectElement>("target").showPicker();
        }
    }
  }

  private offer(targets: Targets["targets"]): void {
    const select = get<HTMLSelectElement>("target");
    const { value } = select;
    const own = new Option("As the script says", "");
    const groups = new Map<string, HTMLOptGroupElement>();
    for (const { id, title } of targets) {
      const [provider = id] = id.split("/");
      const group = groups.get(provider) ?? document.createElement("optgroup");
      group.label = provider;
      group.append(new Option(title, id));
      groups.set(provider, group);
    }
    select.replaceChildren(own, ...groups.values());
    select.value = value;
  }

  private listed(name: string): void {
    const select = get<HTMLSelectElement>("script");
    const names = [...new Set([...this.scripts.keys(), name])].filter((n) => n.endsWith(".shot"));
    select.replaceChildren(...names.map((one) => new Option(one, one)));
    select.value = name;
    document.title = `${name} · promptlang`;
  }

  private bar(): void {
    const on = (id: string, event: string, run: () => unknown): void => {
      get(id).addEventListener(event, () => {
        Promise.resolve(run()).catch((error: unknown) => {
          this.say(said(error));
        });
      });
    };
    const file = get<HTMLInputElement>("file");
    on("script", "change", () => this.show(this.uri(get<HTMLSelectElement>("script").value)));
    on("target", "change", () => this.choose(this.target));
    on("open", "click", () => {
      file.click();
    });
    on("file", "change", async () => {
      const [chosen] = file.files ?? [];
      if (chosen !== undefined) await this.open(chosen.name, await chosen.text());
      file.value = "";
    });
    on("save", "click", () => this.save());
    on("format", "click", () => {
      formatDocument(this.view);
      this.view.focus();
    });
    on("theme", "click", () => {
      this.turn(this.theme === "dark" ? "light" : "dark");
      remember(this.theme);
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.edited) event.preventDefault();
    });
  }

  private turn(theme: Theme): void {
    this.theme = theme;
    document.documentElement.dataset["theme"] = theme;
    const button = get("theme");
    button.textContent = theme === "dark" ? "☀" : "☾";
    button.title = theme === "dark" ? "Light" : "Dark";
    this.view.dispatch({ effects: turned(theme) });
  }

  private save(): boolean {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.text], { type: "text/plain" }));
    link.download = this.name.split("/").pop() ?? this.name;
    link.click();
    URL.revokeObjectURL(link.href);
    this.edited = false;
    this.say(`${link.download} is saved where your browser saves files`);
    return true;
  }
}

/** Return what an error says. */
export function said(error: unknown): string {
  if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  return String(error);
}
