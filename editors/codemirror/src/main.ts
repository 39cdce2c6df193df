// The page that talks to a server on this machine: `promptlang lsp --websocket PORT`.

import { make } from "../../vscode/src/preview/draw";
import { Page } from "./page";
import { listening } from "./socket";

const START = `title: First Light
target: fal/kling-o3-pro

@Ada = character: a hill-climb driver of sixty with a silver plait

EXT. PASS ROAD - GOLDEN HOUR

SHOT 1 (4s): low-angle wide shot, tracking alongside
  @Ada drifts through a hairpin.
`;
/** Milliseconds after which a server that is gone is looked for again. */
const AGAIN = 2000;

const words = new URLSearchParams(location.search);
const address = words.get("server") ?? "ws://127.0.0.1:8765";
const root = words.get("folder") ?? "file:///film";
const page = new Page({ root, scripts: { "first_light.shot": START }, first: "first_light.shot" });

async function talk(): Promise<void> {
  try {
    const { transport, closed } = await listening(address);
    await page.connect(transport);
    page.say(`Connected to ${address}`);
    await closed;
    page.client.disconnect();
    page.say(`${address} has ended`);
  } catch {
    page.panes.instead(
      make("section", "trouble", [
        make("h2", "", `Nobody answers at ${address}`),
        make("p", "", "Start the server; this page looks for it again and again."),
        make("pre", "", `promptlang lsp --websocket ${new URL(address).port}`),
      ]),
    );
  }
  setTimeout(() => void talk(), AGAIN);
}

void talk();
