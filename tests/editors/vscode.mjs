// Drives Visual Studio Code in a browser through the scenario: `node vscode.mjs PLAN.json`.
//
// The plan says where the workbench is, what is done (tests/editors/scenario.py) and where pictures
// go. One JSON object a line comes out: what each step showed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { chromium } = createRequire(plan.packages + "/")("playwright-core");
const PATIENCE = 20_000;

const browser = await chromium.launch({ executablePath: plan.browser, args: ["--no-sandbox"] });
const context = await browser.newContext({
  viewport: { width: 1500, height: 940 },
  permissions: ["clipboard-read", "clipboard-write"],
});
const page = await context.newPage();
page.setDefaultTimeout(PATIENCE);

const tell = (row) => console.log(JSON.stringify(row));
const pause = (time) => page.waitForTimeout(time);
const row = (words) => page.locator(".monaco-list-row").filter({ hasText: words }).first();
let pictures = 0;

async function picture(name) {
  if (plan.pictures) {
    pictures += 1;
    const number = String(pictures).padStart(2, "0");
    await page.screenshot({ path: join(plan.pictures, `${plan.theme}-${number}-${name}.png`) });
  }
}

/** Run a command by its title, as a person does. */
async function command(title) {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.insertText(title);
  await row(title).waitFor();
  await pause(150);
  await page.keyboard.press("Enter");
  await pause(150);
}

async function open(name) {
  const file = page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: name });
  await file.first().dblclick();
  await page.locator(".tab.active").filter({ hasText: name }).waitFor();
  await page.locator(".monaco-editor .view-line").first().waitFor();
}

async function go({ line, character }) {
  // The editor counts columns from 1 and in units of UTF-16, as the plan does from 0.
  await page.keyboard.press("Control+g");
  const input = page.locator(".quick-input-widget input").first();
  await input.waitFor();
  await input.fill(`:${line + 1}:${character + 1}`);
  await pause(150);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  await pause(150);
}

async function cursor() {
  const said = await page.locator("#status\\.editor\\.selection").innerText();
  const [, line, column] = said.match(/Ln (\d+), Col (\d+)/);
  return { line: line - 1, character: column - 1 };
}

async function problems() {
  await command("Problems: Focus on Problems View");
  const panel = page.locator(".markers-panel");
  await panel.waitFor();
  return panel;
}

const steps = {
  async diagnose({ shows }) {
    const panel = await problems();
    for (const name of shows) {
      await panel.locator(".monaco-list-row").filter({ hasText: name }).first().waitFor();
    }
    if (shows.length === 0) {
      await panel.locator(".codicon-error").first().waitFor({ state: "detached" });
    }
    await picture("problems");
    const rows = panel.locator(".monaco-list-row").filter({ has: page.locator(".codicon-error") });
    const said = (await rows.allInnerTexts()).map((text) => text.match(/promptlang\W*([\w-]+)/)?.[1]);
    await command("View: Focus Active Editor Group");
    return { shows: said.filter((name) => name !== undefined) };
  },
  async complete({ at, says, shows }) {
    await go(at);
    await page.keyboard.type(says, { delay: 40 });
    const found = page.locator(".suggest-widget.visible .monaco-list-row");
    await found.filter({ hasText: shows[0] }).first().waitFor();
    await pause(400);
    await picture("complete");
    await found.filter({ hasText: shows[0] }).first().click();
    return { shows: [shows[0]] };
  },
  async hover({ at, shows }) {
    await go(at);
    await command("Show or Focus Hover");
    const found = page.locator(".monaco-hover-content").filter({ hasText: shows[0] }).first();
    await found.waitFor();
    await pause(300);
    await picture("hover");
    const said = await found.innerText();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    return { shows: shows.filter((words) => said.includes(words)) };
  },
  async jump({ at }) {
    await go(at);
    await page.keyboard.press("F12");
    await pause(800);
    return { to: await cursor() };
  },
  async rename({ at, says }) {
    await go(at);
    await page.keyboard.press("F2");
    await page.locator(".rename-input").waitFor();
    await pause(400);
    await picture("rename");
    await page.keyboard.press("Control+a");
    await page.keyboard.type(says);
    await pause(300);
    await page.keyboard.press("Enter");
    await pause(600);
    return {};
  },
  async format() {
    await command("Format Document");
    await pause(600);
    return {};
  },
  async fix({ at, says }) {
    await go(at);
    await page.keyboard.press("Control+.");
    const found = page.locator(".action-widget .monaco-list-row").filter({ hasText: says }).first();
    await found.waitFor();
    await picture("fix");
    // The list lies under a layer that takes clicks while it opens, so keys choose.
    const focused = page.locator(".action-widget .monaco-list-row.focused");
    for (let tries = 0; tries < 20 && !(await focused.innerText()).includes(says); tries += 1) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    await pause(600);
    return {};
  },
};

/** What only this editor has: the prompts beside the script. */
async function preview() {
  await page.keyboard.press("Control+j");
  await open(plan.preview.name);
  await pause(1500);
  await picture("script");
  await command("promptlang: Show Prompts to the Side");
  let frame;
  const until = Date.now() + PATIENCE;
  while (frame === undefined && Date.now() < until) {
    for (const one of page.frames()) {
      if ((await one.locator("main#prompts .prompt").count().catch(() => 0)) > 0) frame = one;
    }
    await pause(100);
  }
  if (frame === undefined) throw new Error("no preview");
  await picture("preview");
  const prompts = await frame.locator(".text").allInnerTexts();
  await command("View: Focus First Editor Group");
  await go(plan.preview.at);
  await frame.locator(".from.here").first().waitFor();
  await pause(500);
  await picture("preview-follows");
  const here = (await frame.locator(".from.here").allInnerTexts()).join("");
  await frame.locator(".from").filter({ hasText: plan.preview.click }).first().click();
  await pause(600);
  const to = await cursor();
  await frame.locator("summary").first().click();
  await pause(300);
  await picture("preview-body");
  await frame.locator("summary").first().click();
  await command("promptlang: Choose Target");
  await pause(500);
  await picture("target");
  await page.keyboard.type(plan.preview.target, { delay: 20 });
  await pause(300);
  await page.keyboard.press("Enter");
  await frame.locator("header.target button").filter({ hasText: plan.preview.title }).waitFor();
  await pause(400);
  await picture("other-target");
  const status = await page.locator("[id*='promptlang.target']").first().innerText();
  return { prompts, here, to, status };
}

try {
  await page.goto(plan.address);
  await page.locator(".monaco-workbench").waitFor();
  await open(plan.name);
  for (const step of plan.steps) {
    const began = Date.now();
    const said = await steps[step.does](step);
    tell({ does: step.does, ...said, milliseconds: Date.now() - began });
  }
  await page.keyboard.press("Control+s");
  await pause(500);
  await picture("end");
  tell({ does: "save" });
  if (plan.preview) tell({ does: "preview", ...(await preview()) });
} catch (error) {
  await picture("failed");
  tell({ does: "failed", message: String(error).slice(0, 2000) });
  process.exitCode = 1;
} finally {
  await browser.close();
}
