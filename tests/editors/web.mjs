// Drives a page to write scripts in through the scenario: `node web.mjs PLAN.json`.
//
// The plan says where the page is, what is done (tests/editors/scenario.py) and where pictures go.
// One JSON object a line comes out: what each step showed.
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { chromium } = createRequire(plan.packages + "/")("playwright-core");
const PATIENCE = 60_000;

const browser = await chromium.launch({ executablePath: plan.browser, args: ["--no-sandbox"] });
const context = await browser.newContext({
  acceptDownloads: true,
  colorScheme: plan.colours,
  viewport: { width: 1400, height: 900 },
});
const page = await context.newPage();
page.setDefaultTimeout(PATIENCE);
page.on("pageerror", (error) => tell({ does: "failed", message: String(error) }));

const tell = (row) => console.log(JSON.stringify(row));
const pause = (time) => page.waitForTimeout(time);
let pictures = 0;

async function picture(name) {
  pictures += 1;
  const number = String(pictures).padStart(2, "0");
  await page.screenshot({ path: join(plan.pictures, `${plan.theme}-${number}-${name}.png`) });
}

/** Put the cursor somewhere with the dialog that goes to a line. */
async function go({ line, character }) {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+Alt+g");
  const input = page.locator(".cm-gotoLine input, .cm-panel input[name=line]").first();
  await input.fill(`${line + 1}:${character}`);
  await page.keyboard.press("Enter");
  await input.waitFor({ state: "detached" });
}

async function cursor() {
  const [, line, column] = (await page.locator("#cursor").innerText()).match(/Ln (\d+), Col (\d+)/);
  return { line: line - 1, character: column - 1 };
}

/** Wait until the editor shows a text; a late one is found out when the file is compared. */
async function shows(text) {
  const written = (wanted) => {
    const lines = [...document.querySelectorAll(".cm-line")].map((line) => {
      const copy = line.cloneNode(true);
      for (const hint of copy.querySelectorAll(".cm-hint")) hint.remove();
      return copy.textContent;
    });
    return lines.join("\n") === wanted;
  };
  await page.waitForFunction(written, text, { timeout: 10_000 }).catch(() => {});
}

const errors = () => page.locator("#problems li.error .where");

const steps = {
  async diagnose({ shows }) {
    await page.getByRole("tab", { name: "Problems" }).click();
    for (const name of shows) await errors().filter({ hasText: name }).first().waitFor();
    if (shows.length === 0) await errors().first().waitFor({ state: "detached" });
    await picture("problems");
    const said = (await errors().allTextContents()).map((text) => text.trim().split(/\s/)[0]);
    return { shows: said };
  },
  async complete({ at, says, shows: [wanted] }) {
    await go(at);
    await page.keyboard.type(says, { delay: 60 });
    const found = page.locator(".cm-tooltip-autocomplete li").filter({ hasText: wanted }).first();
    await found.waitFor();
    await pause(300);
    await picture("complete");
    await found.click();
    return { shows: [wanted] };
  },
  async hover({ at, shows }) {
    await go(at);
    const found = page.locator(".cm-tooltip-hover .cm-lsp-documentation");
    const wanted = found.filter({ hasText: shows[0] }).first();
    for (let tries = 0; tries < 10 && !(await wanted.isVisible()); tries += 1) {
      // Lines may have moved since: what stands between them comes when the text rests.
      await page.mouse.move(700, 5);
      const box = await page.locator(".cm-cursor-primary").boundingBox();
      await page.mouse.move(box.x + 3, box.y + box.height / 2, { steps: 3 });
      await wanted.waitFor({ timeout: 3000 }).catch(() => {});
    }
    await pause(200);
    await picture("hover");
    const said = (await found.allInnerTexts()).join("\n");
    await page.mouse.move(700, 5);
    return { shows: shows.filter((words) => said.includes(words)) };
  },
  async jump({ at }) {
    await go(at);
    const before = await page.locator("#cursor").innerText();
    await page.keyboard.press("F12");
    await page.locator("#cursor").filter({ hasNotText: before }).waitFor();
    return { to: await cursor() };
  },
  async rename({ at, says }) {
    await go(at);
    await page.keyboard.press("F2");
    const input = page.locator(".cm-lsp-rename-panel input");
    await input.waitFor();
    await picture("rename");
    await page.keyboard.press("Control+a");
    await page.keyboard.type(says);
    await page.keyboard.press("Enter");
    return {};
  },
  async format() {
    await page.keyboard.press("Shift+Alt+F");
    return {};
  },
  async fix({ at, says }) {
    await go(at);
    await page.keyboard.press("Control+.");
    const found = page.getByRole("menuitem", { name: says });
    await found.waitFor();
    await pause(200);
    await picture("fix");
    for (let tries = 0; tries < 20; tries += 1) {
      if (await found.evaluate((item) => item === document.activeElement)) break;
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    return {};
  },
};

async function open(path) {
  await page.locator("#file").setInputFiles(path);
  await page.waitForFunction(
    (name) => document.querySelector("#script").value === name,
    path.split("/").pop(),
  );
}

/** Return what stands in a pane. */
async function pane(name) {
  await page.getByRole("tab", { name }).click();
  return page.locator(".panel:not([hidden])").innerText();
}

/** The prompts beside the script, and what another target makes of it. */
async function preview() {
  const { at, click, target, title } = plan.preview;
  await open(plan.example);
  await pane("Prompts");
  await page.locator("#prompts .text").nth(3).waitFor();
  await pause(800);
  await picture("preview");
  await go(at);
  await page.locator(".from.here").first().waitFor();
  await picture("preview-follows");
  const here = (await page.locator(".from.here").allInnerTexts()).join("");
  await page.locator(".from").filter({ hasText: click }).first().click();
  const to = await cursor();
  const before = [await pane("Prompts"), await pane("Payload"), await pane("Losses")];
  await picture("losses");
  await page.locator("#target").selectOption(target);
  await pane("Prompts");
  await page.locator("#prompts header.target button").filter({ hasText: title }).waitFor();
  await picture("other-target");
  const after = [await pane("Prompts"), await pane("Payload"), await pane("Losses")];
  await picture("other-losses");
  await pane("Payload");
  await picture("payload");
  const targets = await page.locator("#target option").count();
  return { here, to, before, after, targets };
}

/** What the address of the page brings to somebody else. */
async function shared() {
  const said = async () => [await page.locator("#script").inputValue(), await pane("Prompts")];
  const before = await said();
  await page.getByRole("button", { name: "Share" }).click();
  await page.waitForFunction(() => location.hash.length > 20);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.waitForSelector("body[data-ready]", { timeout: PATIENCE });
  await other.waitForFunction((name) => document.querySelector("#script").value === name, before[0]);
  await other.waitForFunction(
    (text) => document.querySelector("#prompts").innerText === text,
    before[1],
    { timeout: 10_000 },
  ).catch(() => {});
  const after = [
    await other.locator("#script").inputValue(),
    await other.locator("#prompts").innerText(),
  ];
  await other.close();
  return { before, after };
}

/** What would keep people from using the page. */
async function access() {
  const axe = createRequire(plan.packages + "/").resolve("axe-core/axe.min.js");
  await page.evaluate(readFileSync(axe, "utf8"));
  const found = [];
  for (const name of ["Prompts", "Payload", "Losses", "Problems"]) {
    await pane(name);
    // The text in what CodeMirror scrolls takes keys.
    const { violations } = await page.evaluate(() => axe.run({ exclude: [".cm-scroller"] }));
    found.push(...violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0].target}`));
  }
  return { found };
}

/** The page on a telephone. */
async function small() {
  await page.setViewportSize({ width: 400, height: 800 });
  await pane("Prompts");
  await pause(300);
  await picture("small");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  return { wide };
}

try {
  await page.goto(plan.address);
  await pause(200);
  await picture("start");
  await page.locator("#target optgroup").first().waitFor({ state: "attached" });
  await open(plan.script);
  for (const step of plan.steps) {
    const began = Date.now();
    const said = await steps[step.does](step);
    await shows(step.text);
    tell({ does: step.does, ...said, milliseconds: Date.now() - began });
  }
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#save").click(),
  ]);
  copyFileSync(await download.path(), plan.left);
  await picture("end");
  tell({ does: "save", name: download.suggestedFilename() });
  tell({ does: "preview", ...(await preview()) });
  if (plan.shares) tell({ does: "share", ...(await shared()) });
  tell({ does: "access", ...(await access()) });
  tell({ does: "small", ...(await small()) });
} catch (error) {
  await picture("failed");
  tell({ does: "failed", message: String(error).slice(0, 2000) });
  process.exitCode = 1;
} finally {
  await browser.close();
}
