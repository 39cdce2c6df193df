import assert from "node:assert/strict";
import { test } from "node:test";
import { Text } from "@codemirror/state";
import { tokens } from "../src/tokens";

const legend = { tokenTypes: ["keyword", "class"], tokenModifiers: ["declaration", "unresolved"] };

test("tokens are where they are, relative to the one before", () => {
  const doc = Text.of(["SHOT 1: wide", "  @Ada waves"]);
  const data = [0, 0, 4, 0, 0, 0, 5, 1, 1, 3, 1, 2, 4, 1, 2];
  assert.deepEqual([...tokens(data, doc, legend)], [
    { from: 0, to: 4, classes: "tok-keyword" },
    { from: 5, to: 6, classes: "tok-class mod-declaration mod-unresolved" },
    { from: 15, to: 19, classes: "tok-class mod-unresolved" },
  ]);
});

test("a token does not reach over the end of its line", () => {
  const doc = Text.of(["SHOT", "x"]);
  assert.deepEqual([...tokens([0, 2, 9, 0, 0], doc, legend)], [
    { from: 2, to: 4, classes: "tok-keyword" },
  ]);
});
