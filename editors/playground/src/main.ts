// The playground: the page of ../codemirror, with promptlang itself in a worker behind it.

import { Page, said } from "../../codemirror/src/page";
import { make } from "../../vscode/src/preview/draw";
import { lengthened, shortened, unpacked } from "./packed";
import type { FromWorker, Parts } from "./parts";

const FOLDER = "/film";
const FIRST = "race_spot.shot";
const STEPS = ["the page", "Python", "promptlang"];

/** Return what the page brought under a name. */
function brought(id: string): string {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page lacks ${id}`);
  element.remove();
  return element.textContent;
}

const began = performance.now();
const scripts = JSON.parse(brought("examples")) as Record<string, string>;
let worker: Worker | undefined;
const page = new Page({
  root: `file://${FOLDER}`,
  scripts,
  first: FIRST,
  write: (path, text) => {
    worker?.postMessage({ path, text });
  },
});

function starting(what: string): void {
  const progress = document.createElement("progress");
  progress.max = STEPS.length;
  progress.value = STEPS.indexOf(what) + 0.5;
  progress.ariaLabel = "Start";
  page.panes.instead(
    make("section", "starting", [
      progress,
      make("p", "", `Starting ${what}… This takes some seconds; you can write meanwhile.`),
    ]),
  );
}

function failed(message: string): void {
  page.panes.instead(
    make("section", "trouble", [
      make("h2", "", "promptlang cannot start in this browser"),
      make("p", "", message),
      make("p", "", "It runs in current versions of Chrome, Edge, Firefox and Safari."),
    ]),
  );
}

async function start(): Promise<void> {
  starting("the page");
  const parts: Parts = {
    wasm: brought("wasm"),
    library: brought("library"),
    site: brought("site"),
    lock: brought("lock"),
    files: Object.fromEntries(
      Object.entries(scripts).map(([name, text]) => [`${FOLDER}/${name}`, text]),
    ),
  };
  const code = new Blob([await unpacked(brought("worker"))], { type: "text/javascript" });
  const own = (worker = new Worker(URL.createObjectURL(code)));
  const handlers = new Set<(message: string) => void>();
  own.addEventListener("error", ({ message }) => {
    failed(message || "The worker of this page cannot be started.");
  });
  own.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    if ("message" in data) {
      for (const handler of handlers) handler(data.message);
    } else if ("failed" in data) {
      failed(data.failed);
    } else if (data.began !== "") {
      starting(data.began);
    } else {
      const transport = {
        send: (message: string) => {
          own.postMessage(message);
        },
        subscribe: (handler: (message: string) => void) => void handlers.add(handler),
        unsubscribe: (handler: (message: string) => void) => void handlers.delete(handler),
      };
      void page.connect(transport).then(ready, (error: unknown) => {
        failed(said(error));
      });
    }
  });
  own.postMessage(parts);
}

async function ready(): Promise<void> {
  page.say(`Ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  document.body.dataset["ready"] = "";
  await shared();
}

/** Open what the address brings. */
async function shared(): Promise<void> {
  const words = new URLSearchParams(location.hash.slice(1));
  const text = words.get("script");
  if (text === null) return;
  try {
    await page.open(words.get("name") ?? "shared.shot", await lengthened(text));
    await page.choose(words.get("target") ?? "");
  } catch (error) {
    page.say(`This address cannot be read: ${said(error)}`);
  }
}

async function share(): Promise<void> {
  const words = new URLSearchParams({ name: page.name, script: await shortened(page.text) });
  if (page.target !== "") words.set("target", page.target);
  history.replaceState(null, "", `#${words.toString()}`);
  try {
    await navigator.clipboard.writeText(location.href);
    page.say("The address of this script is in the clipboard");
  } catch {
    page.say("The address of this page holds the script now");
  }
}

const button = document.getElementById("share");
if (button !== null) {
  button.hidden = false;
  button.addEventListener("click", () => void share());
}
window.addEventListener("hashchange", () => void shared());
start().catch((error: unknown) => {
  failed(said(error));
});
