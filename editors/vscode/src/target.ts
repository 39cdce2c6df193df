// The target scripts are compiled for, in the status bar.

import * as vscode from "vscode";
import { edited } from "./edited";
import type { Server } from "./server";

interface Target {
  id: string;
  title: string;
  blocks: string[];
}

interface Targets {
  chosen: string | null;
  script: string[];
  targets: Target[];
}

const KEPT = "target";
const MAKES: Record<string, string> = {
  angle: "new angles",
  coverage: "coverage",
  edit: "edits",
  shot: "shots",
};

export class TargetPicker implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    "promptlang.target",
    vscode.StatusBarAlignment.Right,
    90,
  );
  private readonly changed = new vscode.EventEmitter<void>();
  /** Another target was chosen. */
  readonly onDidChange = this.changed.event;
  private readonly watching: vscode.Disposable[];
  private titles = new Map<string, string>();
  private waiting: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    private readonly kept: vscode.Memento,
  ) {
    this.item.name = "promptlang: target";
    this.item.command = "promptlang.pickTarget";
    this.watching = [
      server.onDidChange((running) => void (running ? this.restore() : this.item.hide())),
      vscode.window.onDidChangeActiveTextEditor(() => void this.refresh()),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === script()) this.soon();
      }),
    ];
  }

  /** Return what people call a target. */
  title(id: string): string {
    return this.titles.get(id) ?? id;
  }

  /** Whether nothing says what a script is compiled for. */
  async lacking(script: vscode.Uri): Promise<boolean> {
    const all = await this.server.run<Targets>("promptlang.targets", script.toString());
    return all.chosen === null && all.script.length === 0;
  }

  /** Let the writer choose. */
  async pick(): Promise<void> {
    const all = await this.server.run<Targets>("promptlang.targets", script()?.uri.toString());
    const own = all.script.map((id) => this.title(id)).join(", ");
    const picked = await vscode.window.showQuickPick(
      [
        {
          label: "$(list-selection) What each script says",
          description: all.chosen === null && own !== "" ? own : "",
          id: null,
        },
        { label: "All scripts for", kind: vscode.QuickPickItemKind.Separator, id: null },
        ...all.targets.map((target) => ({
          label: `${target.id === all.chosen ? "$(check) " : ""}${target.title}`,
          description: `${target.id} · ${target.blocks.map((b) => MAKES[b] ?? b).join(", ")}`,
          id: target.id,
        })),
      ],
      {
        title: "What are scripts compiled for?",
        placeHolder: "Target",
        matchOnDescription: true,
      },
    );
    if (picked !== undefined) await this.choose(picked.id);
  }

  async choose(target: string | null): Promise<void> {
    await this.server.run("promptlang.chooseTarget", target);
    await this.kept.update(KEPT, target ?? undefined);
    await this.refresh();
    this.changed.fire();
  }

  dispose(): void {
    clearTimeout(this.waiting);
    for (const one of [...this.watching, this.item, this.changed]) one.dispose();
  }

  /** Choose again what was chosen before the editor was closed. */
  private async restore(): Promise<void> {
    const target = this.kept.get<string>(KEPT);
    try {
      if (target !== undefined) await this.server.run("promptlang.chooseTarget", target);
    } catch {
      await this.kept.update(KEPT, undefined); // there is no such target any more
    }
    await this.refresh();
  }

  private soon(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.refresh(), 400);
  }

  async refresh(): Promise<void> {
    const document = script();
    if (document === undefined || !this.server.running) {
      this.item.hide();
      return;
    }
    let all: Targets;
    try {
      all = await this.server.run<Targets>("promptlang.targets", document.uri.toString());
    } catch {
      return; // it is closed, or not open yet
    }
    this.titles = new Map(all.targets.map((target) => [target.id, target.title]));
    const names = all.chosen === null ? all.script : [all.chosen];
    const [first] = names;
    this.item.text = `$(device-camera-video) ${
      first === undefined
        ? "Choose a target"
        : names.length > 1
          ? `${names.length} targets`
          : this.title(first)
    }`;
    const tooltip = new vscode.MarkdownString();
    if (first === undefined) {
      tooltip.appendText("This script names no target: nothing can be compiled.");
    } else {
      tooltip.appendText(
        `${names.map((id) => `${this.title(id)} (${id})`).join(", ")}, ` +
          (all.chosen === null ? "as the script says." : "chosen for all scripts."),
      );
    }
    tooltip.appendText("\nClick to choose another.");
    this.item.tooltip = tooltip;
    this.item.backgroundColor =
      first === undefined ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.item.show();
  }
}

/** Return the script that is being written. */
function script(): vscode.TextDocument | undefined {
  return edited()?.document;
}
