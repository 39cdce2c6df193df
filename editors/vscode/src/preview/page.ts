// The page of the preview: shows prompts, marks what stands under the cursor, tells of clicks.

import { near, pieces, type Position } from "./follow";
import type { Compiled, FromPage, Loss, Previewed, Prompt, Request, ToPage } from "./messages";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  setState(state: unknown): void;
};

const editor = acquireVsCodeApi();
const BLOCKS: Record<string, string> = {
  coverage: "Coverage",
  edit: "Edit",
  "multi-cam": "Angle",
};
const main = document.getElementById("prompts") as HTMLElement;

/** What is shown of the script, with where it comes from. */
let shown: { element: HTMLElement; from: Position }[] = [];
/** Which request bodies are open, by target and request. */
const opened = new Set<string>();

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.type === "cursor") {
    mark(data.cursor, true);
  } else if (data.type === "trouble") {
    shown = [];
    main.replaceChildren(trouble(data.name, data.message));
  } else {
    editor.setState({ uri: data.made.uri });
    draw(data.made);
    if (data.cursor !== undefined) mark(data.cursor, false);
  }
});
editor.postMessage({ type: "ready" });

function draw(made: Previewed): void {
  const { scrollTop } = document.documentElement;
  shown = [];
  main.replaceChildren(...made.targets.map(target));
  document.documentElement.scrollTop = scrollTop;
}

function mark(cursor: Position, follow: boolean): void {
  const found = near(
    shown.map((one) => one.from),
    cursor,
  );
  const marked: HTMLElement[] = [];
  shown.forEach(({ element }, place) => {
    const nearness = found[place];
    element.classList.toggle("here", nearness === "here");
    element.classList.toggle("line", nearness === "line");
    if (nearness !== undefined) marked.push(element);
  });
  for (const prompt of main.querySelectorAll(".prompt")) {
    prompt.classList.toggle("current", prompt.querySelector(".here, .line") !== null);
  }
  const best = marked.find((element) => element.classList.contains("here")) ?? marked[0];
  if (follow && best !== undefined && !marked.some(visible)) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    best.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }
}

function visible(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 48 && bottom <= window.innerHeight;
}

function target(made: Compiled): HTMLElement {
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
        editor.postMessage({ type: "target" });
      },
    }),
    make("span", "facts", facts.filter((fact) => fact !== "").join(" · ")),
  ]);
  const body: Node[] = [head];
  if (!made.ok) body.push(errors());
  body.push(...made.requests.map((request) => requested(made, request)));
  if (made.losses.length > 0) body.push(losses(made.losses));
  return make("section", "", body);
}

function errors(): HTMLElement {
  return make("p", "errors", [
    "The script has errors: what they stand in is left out. ",
    make("button", "link", "Show problems", {
      click: () => {
        editor.postMessage({ type: "problems" });
      },
    }),
  ]);
}

function requested(made: Compiled, request: Request): HTMLElement {
  const needs = request.needs.length > 0 ? `needs ${request.needs.join(", ")}` : "";
  const facts = [request.task.replaceAll("-", " "), seconds(request.seconds), needs];
  return make("article", "request", [
    make("h2", "", [
      `Generation ${request.id}`,
      make("span", "facts", facts.filter((fact) => fact !== "").join(" · ")),
    ]),
    references(request),
    ...request.prompts.map((prompt) => prompted(request, prompt)),
    body(`${made.target} ${request.id}`, request),
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

function prompted(request: Request, prompt: Prompt): HTMLElement {
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
        editor.postMessage({ type: "reveal", from, piece: piece.text, offset });
      },
    });
    shown.push({ element, from });
    text.append(element);
  }
  return make("div", "prompt", [
    make("h3", "", [
      `${BLOCKS[request.task] ?? "Shot"} ${prompt.shot}`,
      make("span", "facts", seconds(prompt.seconds)),
      make("button", "icon", "Copy", {
        title: "Copy this prompt",
        click: () => {
          editor.postMessage({ type: "copy", text: prompt.text, what: "The prompt" });
        },
      }),
    ]),
    text,
    room(prompt),
  ]);
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
  return make("p", share > 1 ? "room over" : "room", [bar, `${used} of ${limit} ${unit}`]);
}

function body(key: string, request: Request): HTMLElement {
  const text = JSON.stringify(request.payload, null, 2);
  const details = document.createElement("details");
  details.open = opened.has(key);
  details.addEventListener("toggle", () => {
    if (details.open) opened.add(key);
    else opened.delete(key);
  });
  details.append(
    make("summary", "", [
      request.endpoint === null ? "What to enter" : "Request body",
      make("span", "facts", request.endpoint ?? ""),
    ]),
    make("button", "icon", "Copy", {
      title: "Copy the request body",
      click: () => {
        editor.postMessage({ type: "copy", text, what: "The request body" });
      },
    }),
    make("pre", "", text),
  );
  return details;
}

function losses(all: Loss[]): HTMLElement {
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
              editor.postMessage({ type: "loss", line: loss.line, column: loss.column });
            },
          }),
        ]),
      ),
    ),
  ]);
}

function trouble(name: string, message: string): HTMLElement {
  return make("section", "trouble", [
    make("h2", "", `No prompts of ${name} yet`),
    make("p", "", message),
    make("button", "main", "Choose a Target", {
      click: () => {
        editor.postMessage({ type: "target" });
      },
    }),
  ]);
}

/** Return how far into an element a click went, in units of its text. */
function clicked(element: HTMLElement, event: MouseEvent): number {
  const place = document.caretRangeFromPoint(event.clientX, event.clientY);
  if (place === null || !element.contains(place.startContainer)) return 0;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(place.startContainer, place.startOffset);
  return before.toString().length;
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
function make(
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
