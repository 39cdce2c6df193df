import assert from "node:assert/strict";
import { test } from "node:test";
import { near, pieces, within } from "../src/preview/follow";

const at = (line: number, character: number) => ({ line, character });

test("a prompt is cut into what comes from one place each", () => {
  const found = pieces("Hard cut. A dog runs.", [
    { start: 10, end: 20, position: at(4, 2) },
    { start: 0, end: 8, position: at(2, 2) },
  ]);
  assert.deepEqual(found, [
    { text: "Hard cut", from: at(2, 2) },
    { text: ". ", from: undefined },
    { text: "A dog runs", from: at(4, 2) },
    { text: ".", from: undefined },
  ]);
});

test("nothing of a prompt is lost, whatever its map says", () => {
  const text = "one two three";
  const maps = [
    [],
    [{ start: 0, end: 13, position: at(0, 0) }],
    [
      { start: 0, end: 7, position: at(0, 0) },
      { start: 4, end: 13, position: at(1, 0) },
    ],
    [{ start: 4, end: 4, position: at(0, 0) }],
  ];
  for (const map of maps) {
    assert.equal(
      pieces(text, map)
        .map((piece) => piece.text)
        .join(""),
      text,
    );
  }
});

test("what stands under the cursor is nearer than the rest of its line", () => {
  const places = [at(3, 13), at(3, 30), at(4, 0), undefined];
  assert.deepEqual(near(places, at(3, 34)), ["line", "here", undefined, undefined]);
  assert.deepEqual(near(places, at(3, 13)), ["here", "line", undefined, undefined]);
  assert.deepEqual(near(places, at(3, 2)), ["line", "line", undefined, undefined]);
  assert.deepEqual(near(places, at(9, 0)), [undefined, undefined, undefined, undefined]);
});

test("what stands in several prompts is marked in each", () => {
  assert.deepEqual(near([at(1, 7), at(5, 0), at(1, 7)], at(1, 9)), ["here", undefined, "here"]);
});

test("a click goes to the letter where the script says the same, else to where it begins", () => {
  const line = "  style: 35mm film look";
  assert.deepEqual(within(at(1, 9), "35mm film look", 5, line), at(1, 14));
  assert.deepEqual(within(at(1, 9), "35MM film look", 5, line), at(1, 14));
  assert.deepEqual(within(at(1, 9), "35 mm film look", 5, line), at(1, 9));
});
