import assert from "node:assert/strict";
import { test } from "node:test";
import { EditorState } from "@codemirror/state";
import { Client } from "../src/client";
import { Files } from "../src/files";

/** A server that answers with nothing but what is given, and what it was told. */
function talking(answers: Record<string, unknown>) {
  const told: { method: string; params: Record<string, unknown> }[] = [];
  let answer: (message: string) => void = () => {};
  const transport = {
    send(message: string): void {
      const { id, method, params } = JSON.parse(message);
      told.push({ method, params });
      const result = answers[method] ?? null;
      if (id !== undefined) queueMicrotask(() => answer(JSON.stringify({ id, result })));
    },
    subscribe(handler: (message: string) => void): void {
      answer = handler;
    },
    unsubscribe(): void {},
  };
  return { told, transport };
}

async function begun(answers: Record<string, unknown>) {
  const texts: Record<string, string> = { "file:///film/cast.shot": "@Ada = character\n" };
  const { told, transport } = talking({ initialize: { capabilities: {} }, ...answers });
  const client = new Client({
    workspace: (own) =>
      new Files(own, "promptlang-shot", {
        take: (uri) => {
          const doc = texts[uri];
          return Promise.resolve(doc === undefined ? undefined : EditorState.create({ doc }));
        },
        show: () => Promise.reject(new Error("there is no editor")),
        keep: (uri, text) => {
          texts[uri] = text;
        },
      }),
  });
  await client.connect(transport).initializing;
  return { client, texts, told };
}

function edit(uri: string) {
  const range = { start: { line: 0, character: 1 }, end: { line: 0, character: 4 } };
  return { changes: { [uri]: [{ range, newText: "Bo" }] } };
}

test("a file that a new name reaches is opened, and changes", async () => {
  const uri = "file:///film/cast.shot";
  const { client, texts, told } = await begun({ "textDocument/rename": edit(uri) });
  await client.request("textDocument/rename", {});
  client.workspace.updateFile(uri, { changes: { from: 1, to: 4, insert: "Bo" } });
  await client.request("anything", {});
  const notes = told.map(({ method }) => method).filter((name) => name.includes("/did"));
  assert.deepEqual(notes, ["textDocument/didOpen", "textDocument/didChange"]);
  const file = client.workspace.getFile(uri);
  assert.equal(file?.doc.toString(), "@Bo = character\n");
  assert.equal(file?.version, 1);
  assert.equal(texts[uri], "@Bo = character\n");
});

test("a file that cannot be opened is not passed over", async () => {
  const { client } = await begun({ "textDocument/rename": edit("file:///film/gone.shot") });
  await assert.rejects(client.request("textDocument/rename", {}), /gone\.shot would change too/);
});
