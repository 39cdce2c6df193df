import assert from "node:assert/strict";
import { test } from "node:test";
import { Text } from "@codemirror/state";
import { counted, offset, position, stretch } from "../src/places";

const doc = Text.of(["🚗 @Roadster", "", "end"]);

test("a place is counted in units of UTF-16", () => {
  assert.equal(offset(doc, { line: 0, character: 3 }), 3);
  assert.deepEqual(position(doc, 3), { line: 0, character: 3 });
  assert.deepEqual(position(doc, 14), { line: 2, character: 0 });
});

test("a place behind the end is the end", () => {
  assert.equal(offset(doc, { line: 0, character: 99 }), 12);
  assert.equal(offset(doc, { line: 9, character: 0 }), doc.length);
  const all = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
  assert.deepEqual(stretch(doc, all), { from: 0, to: doc.length });
});

test("a result counts characters from 1", () => {
  assert.deepEqual(counted(doc, 1, 3), { line: 0, character: 3 });
  assert.deepEqual(counted(doc, 9, 1), { line: 2, character: 0 });
});
