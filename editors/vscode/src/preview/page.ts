// The page of the preview.

import { Prompts } from "./draw";
import type { FromPage, ToPage } from "./messages";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  setState(state: unknown): void;
};

const editor = acquireVsCodeApi();
const prompts = new Prompts(document.getElementById("prompts") as HTMLElement, (message) => {
  editor.postMessage(message);
});

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.type === "cursor") {
    prompts.mark(data.cursor, true);
  } else if (data.type === "trouble") {
    prompts.trouble(data.name, data.message);
  } else {
    editor.setState({ uri: data.made.uri });
    prompts.show(data.made);
    if (data.cursor !== undefined) prompts.mark(data.cursor, false);
  }
});
editor.postMessage({ type: "ready" });
