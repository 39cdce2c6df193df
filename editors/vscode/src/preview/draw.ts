// Draws prompts, marks what stands under the cursor, tells of clicks.

import { near, pieces, type Position } from "./follow";
import type { Compiled, FromPage, Loss, Previewed, Prompt, Request } from "./messages";

const BLOCKS: Record<string, string> = {
  coverage: "Coverage",
  edit: "Edit",
  "multi-cam": "Angle",
};

type Tell = (message: FromPage) => void;

/** The prompts of a script, in an element of a page. */
export class Prompts {
  /** What is shown of the script, with where it comes from. */
  private shown: { element: HTMLElement; from: Position }[] = [];
  /** Which request bodies are open, by target and request. */
  private readonly opened = new Set<string>();

  /**
   * @param root Where to draw.
   * @param tell Is told of clicks.
   * @param brief Whether the page shows request bodies and losses elsewhere.
   */
  constructor(
    private readonly root: HTMLElement,
    private readonly tell: Tell,
    private readonly brief = false,
  ) {}

  show(made: Previewed): void {
    const { scrollTop } = document.documentElement;
    this.shown = [];
    this.root.replaceChildren(...made.targets.map((target) => this.target(target)));
    document.documentElement.scrollTop = scrollTop;
  }

  /** Mark what comes from the line under the cursor, and bring it into sight if asked to. */
  mark(cursor: Position, follow: boolean): void {
    const found = near(
      this.shown.map((one) => one.from),
      cursor,
    );
    const marked: HTMLElement[] = [];
    this.shown.forEach(({ element }, place) => {
      const nearness = found[place];
      element.classList.toggle("here", nearness === "here");
      element.classList.toggle("line", nearness === "line");
      if (nearness !== undefined) marked.push(element);
    });
    for (const prompt of this.root.querySelectorAll(".prompt")) {
      prompt.classList.toggle("current", prompt.querySelector(".here, .line") !== null);
    }
    const best = marked.find((element) => element.classList.contains("here")) ?? marked[0];
    if (follow && best !== undefined && !marked.some(visible)) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      best.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    }
  }

  /** Say why there are no prompts. */
  trouble(name: string, message: string): void {
    this.shown = [];
    this.root.replaceChildren(
      make("section", "trouble", [
        make("h2", "", `No prompts of ${name} yet`),
        make("p", "", message),
        make("button", "main", "Choose a Target", {
          click: () => {
            this.tell({ type: "target" });
          },
        }),
      ]),
    );
  }

  private target(made: Compiled): HTMLElement {
    const prompts = made.requests.reduce((count, request) => count + request.prompts.length, 0);
    const facts = [
      seconds(made.seconds),
      count(made.requests.length, "generation"),
      count(prompts, "prompt"),
    ];
    const head = make("header", "target", [
      make("button", "name", made.title ?? made.target, {
        title: `${made.target}\nClick to choose another target`,
        click: () => {
          this.tell({ type: "target" });
        },
      }),
      make("span", "facts", facts.filter((fact) => fact !== "").join(" · ")),
    ]);
    const body: Node[] = [head];
    if (!made.ok) body.push(this.errors());
    body.push(...made.requests.map((request) => this.requested(made, request)));
    if (!this.brief && made.losses.length > 0) body.push(losses(made.losses, this.tell));
    return make("section", "", body);
  }

  private errors(): HTMLElement {
    return make("p", "errors", [
      "The script has errors: what they stand in is left out. ",
      make("button", "link", "Show problems", {
        click: () => {
          this.tell({ type: "problems" });
        },
      }),
    ]);
  }

  private requested(made: Compiled, request: Request): HTMLElement {
    const needs = request.needs.length > 0 ? `needs ${request.needs.join(", ")}` : "";
    const facts = [request.task.replaceAll("-", " "), seconds(request.seconds), needs];
    return make("article", "request", [
      make("h2", "", [
        `Generation ${request.id}`,
        make("span", "facts", facts.filter((fact) => fact !== "").join(" · ")),
      ]),
      references(request),
      ...request.prompts.map((prompt) => this.prompted(request, prompt)),
      ...(this.brief ? [] : [this.body(`${made.target} ${request.id}`, request)]),
    ]);
  }

  private prompted(request: Request, prompt: Prompt): HTMLElement {
    const tokens = request.references.flatMap(({ as }) => (as === null ? [] : [as]));
    const text = make("p", "text", []);
    for (const piece of pieces(prompt.text, prompt.map)) {
      const words = coloured(piece.text, tokens);
      const { from } = piece;
      if (from === undefined) {
        text.append(...words);
        continue;
      }
      const element = make("span", "from", words, {
        click: (event) => {
          const offset = clicked(element, event);
          this.tell({ type: "reveal", from, piece: piece.text, offset });
        },
      });
      this.shown.push({ element, from });
      text.append(element);
    }
    return make("div", "prompt", [
      make("h3", "", [
        `${BLOCKS[request.task] ?? "Shot"} ${prompt.shot}`,
        make("span", "facts", seconds(prompt.seconds)),
        make("button", "icon", "Copy", {
          title: "Copy this prompt",
          click: () => {
            this.tell({ type: "copy", text: prompt.text, what: "The prompt" });
          },
        }),
      ]),
      text,
      room(prompt),
    ]);
  }

  private body(key: string, request: Request): HTMLElement {
    const text = JSON.stringify(request.payload, null, 2);
    const details = document.createElement("details");
    details.open = this.opened.has(key);
    details.addEventListener("toggle", () => {
      if (details.open) this.opened.add(key);
      else this.opened.delete(key);
    });
    details.append(
      make("summary", "", [
        request.endpoint === null ? "What to enter" : "Request body",
        make("span", "facts", request.endpoint ?? ""),
      ]),
      make("button", "icon", "Copy", {
        title: "Copy the request body",
        click: () => {
          this.tell({ type: "copy", text, what: "The request body" });
        },
      }),
      make("pre", "", text),
    );
    return details;
  }
}

/** Return what is not quite as it was written. */
export function losses(all: readonly Loss[], tell: Tell): HTMLElement {
  return make("aside", "losses", [
    make("h2", "", ["Not quite as written", make("span", "facts", String(all.length))]),
    make(
      "ul",
      "",
      all.map((loss) =>
        make("li", loss.severity, [
          make("span", "kind", loss.kind),
          make("button", "link", loss.message, {
            title: loss.name,
            click: () => {
              tell({ type: "loss", line: loss.line, column: loss.column });
            },
          }),
        ]),
      ),
    ),
  ]);
}

/** Return what the tokens of the prompts stand for. */
function references(request: Request): HTMLElement {
  return make(
    "ul",
    "references",
    request.references.map(({ name, as, kind, files }) =>
      make(
        "li",
        "",
        [
          make("span", "token", as ?? ""),
          make("span", "", name),
          make("span", "facts", kind),
        ],
        { title: files.length > 0 ? files.join("\n") : "no file yet" },
      ),
    ),
  );
}

/** Return the words of a piece, with the tokens among them set off. */
function coloured(text: string, tokens: readonly string[]): Node[] {
  const found: Node[] = [];
  let at = 0;
  const longest = [...tokens].sort((a, b) => b.length - a.length);
  for (let place = 0; place < text.length; place += 1) {
    const token = longest.find((one) => one !== "" && text.startsWith(one, place));
    if (token === undefined) continue;
    if (place > at) found.push(document.createTextNode(text.slice(at, place)));
    found.push(make("span", "token", token));
    at = place + token.length;
    place = at - 1;
  }
  if (at < text.length) found.push(document.createTextNode(text.slice(at)));
  return found;
}

/** Return how much of what a target takes is used. */
function room({ used, limit, unit }: Prompt): HTMLElement {
  if (limit === null) return make("p", "room", `${used} ${unit}`);
  const share = limit > 0 ? used / limit : 1;
  const bar = document.createElement("meter");
  bar.max = limit;
  bar.value = used;
  bar.high = limit * 0.9;
  bar.optimum = 0;
  bar.ariaLabel = "room used";
  return make("p", share > 1 ? "room over" : "room", [bar, `${used} of ${limit} ${unit}`]);
}

/** Whether an element is in sight, below the head of its target. */
function visible(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    if (around.scrollHeight <= around.clientHeight || around === document.body) continue;
    const { top: above, bottom: below } = around.getBoundingClientRect();
    if (top < above + 48 || bottom > below) return false;
  }
  return top >= 48 && bottom <= window.innerHeight;
}

/** Return how far into an element a click went, in units of its text. */
function clicked(element: HTMLElement, event: MouseEvent): number {
  const [node, offset] = under(event.clientX, event.clientY);
  if (node === undefined || !element.contains(node)) return 0;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

/** Return the text under a point, and how far into it. */
function under(x: number, y: number): [Node | undefined, number] {
  if ("caretPositionFromPoint" in document) {
    const place = document.caretPositionFromPoint(x, y);
    return [place?.offsetNode, place?.offset ?? 0];
  }
  const place = (document as Document).caretRangeFromPoint(x, y);
  return [place?.startContainer, place?.startOffset ?? 0];
}

function seconds(length: number | null): string {
  return length === null || length === 0 ? "" : `${length} s`;
}

function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? "" : "s"}`;
}

interface More {
  title?: string;
  click?: (event: MouseEvent) => void;
}

/** Return an element; what a script says gets in as text only. */
export function make(
  name: string,
  className: string,
  inside: string | readonly (string | Node)[],
  { title, click }: More = {},
): HTMLElement {
  const element = document.createElement(name);
  if (className !== "") element.className = className;
  if (title !== undefined) element.title = title;
  if (click !== undefined) element.addEventListener("click", click);
  element.append(...(typeof inside === "string" ? [inside] : inside));
  return element;
}
