// What is made of the script, beside it: prompts, payload, losses and problems.

import type { Diagnostic } from "vscode-languageserver-protocol";
import { losses, make, Prompts } from "../../vscode/src/preview/draw";
import type { Position } from "../../vscode/src/preview/follow";
import type { FromPage, Previewed } from "../../vscode/src/preview/messages";
import { severity, words } from "./diagnostics";

const NAMES = ["prompts", "payload", "losses", "problems"] as const;
const ORDER = { error: 0, warning: 1, info: 2, hint: 3 };

export type Pane = (typeof NAMES)[number];

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page lacks #${id}`);
  return found;
}

export class Panes {
  private readonly prompts: Prompts;

  /**
   * @param tell Is told of clicks.
   * @param go Is told of a problem somebody wants to see.
   */
  constructor(
    private readonly tell: (message: FromPage) => void,
    private readonly go: (position: Position) => void,
  ) {
    this.prompts = new Prompts(element("prompts"), tell, true);
    for (const name of NAMES) {
      element(`tab-${name}`).addEventListener("click", () => {
        this.open(name);
      });
      element(`tab-${name}`).addEventListener("keydown", ({ key }) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
        if (step === undefined) return;
        const next = NAMES.at((NAMES.indexOf(name) + step) % NAMES.length) ?? name;
        this.open(next);
        element(`tab-${next}`).focus();
      });
    }
    this.open("prompts");
  }

  open(wanted: Pane): void {
    for (const name of NAMES) {
      const tab = element(`tab-${name}`);
      tab.ariaSelected = String(name === wanted);
      tab.tabIndex = name === wanted ? 0 : -1;
      element(name).hidden = name !== wanted;
    }
  }

  show(made: Previewed, cursor: Position): void {
    this.prompts.show(made);
    this.prompts.mark(cursor, false);
    element("payload").replaceChildren(...made.targets.flatMap((target) => this.bodies(target)));
    const lost = made.targets.filter((target) => target.losses.length > 0);
    element("losses").replaceChildren(
      ...lost.flatMap((target) => [
        ...(made.targets.length > 1 ? [make("h2", "of", target.title ?? target.target)] : []),
        losses(target.losses, this.tell),
      ]),
      ...(lost.length === 0 ? [make("p", "nothing", "Everything is taken as it is written.")] : []),
    );
    this.count("losses", made.targets.reduce((count, target) => count + target.losses.length, 0));
  }

  trouble(name: string, message: string): void {
    this.prompts.trouble(name, message);
    element("payload").replaceChildren(make("p", "nothing", message));
    element("losses").replaceChildren(make("p", "nothing", message));
    this.count("losses", 0);
  }

  /** Show something else in the place of prompts, such as how far the start has come. */
  instead(...nodes: Node[]): void {
    element("prompts").replaceChildren(...nodes);
  }

  mark(cursor: Position): void {
    this.prompts.mark(cursor, !element("prompts").hidden);
  }

  problems(found: readonly Diagnostic[]): void {
    const sorted = [...found].sort(
      (a, b) => ORDER[severity(a)] - ORDER[severity(b)] || a.range.start.line - b.range.start.line,
    );
    const rows = sorted.map((one) => this.problem(one));
    element("problems").replaceChildren(
      rows.length > 0 ? make("ul", "rows", rows) : make("p", "nothing", "Nothing is wrong."),
    );
    this.count("problems", found.length);
  }

  private problem(found: Diagnostic): HTMLElement {
    const { line, character } = found.range.start;
    const [message = "", ...hint] = words(found).split("\n");
    const button = make(
      "button",
      "problem",
      [
        make("span", "weight", severity(found)),
        make("span", "said", [message, ...hint.map((text) => make("span", "hint", text))]),
        make("span", "where", `${found.code ?? ""}  ${line + 1}:${character + 1}`),
      ],
      {
        click: () => {
          this.go(found.range.start);
        },
      },
    );
    return make("li", severity(found), [button]);
  }

  private bodies({ target, title, requests }: Previewed["targets"][number]): HTMLElement[] {
    return requests.map((request) => {
      const text = JSON.stringify(request.payload, null, 2);
      return make("section", "body", [
        make("h2", "", [
          `Generation ${request.id}`,
          make("span", "facts", request.endpoint ?? `what to enter in ${title ?? target}`),
          make("button", "icon", "Copy", {
            title: "Copy the request body",
            click: () => {
              this.tell({ type: "copy", text, what: "The request body" });
            },
          }),
        ]),
        make("pre", "", json(text)),
      ]);
    });
  }

  private count(pane: Pane, many: number): void {
    const place = element(`tab-${pane}`).querySelector(".count");
    if (place !== null) place.textContent = many === 0 ? "" : String(many);
  }
}

const JSON_WORD = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** Return JSON with its keys and values coloured. */
export function json(text: string): (string | Node)[] {
  const found: (string | Node)[] = [];
  let at = 0;
  for (const match of text.matchAll(JSON_WORD)) {
    const [whole, quoted, colon] = match;
    const word = quoted ?? whole;
    found.push(text.slice(at, match.index));
    const type = colon !== undefined ? "property" : quoted !== undefined ? "string" : "number";
    found.push(make("span", `tok-${type}`, word));
    at = match.index + word.length;
  }
  return [...found, text.slice(at)];
}
