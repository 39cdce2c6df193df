import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

interface Language {
  wordPattern: { pattern: string; flags: string };
  indentationRules: { increaseIndentPattern: string; decreaseIndentPattern: string };
}

const language = JSON.parse(readFileSync("language-configuration.json", "utf8")) as Language;

function words(line: string): string[] {
  const { pattern, flags } = language.wordPattern;
  return line.match(new RegExp(pattern, `${flags}g`)) ?? [];
}

test("a name is one word with its sign", () => {
  assert.deepEqual(words("@Car-mounted, @Driver's"), ["@Car", "mounted", "@Driver", "s"]);
  assert.deepEqual(words("medium close-up"), ["medium", "close-up"]);
  assert.deepEqual(words("@運転手：「行こう」"), ["@運転手", "行こう"]);
  assert.deepEqual(words("the cat's {city}"), ["the", "cat's", "city"]);
});

test("what stands in a block is indented, and its heading is not", () => {
  const { increaseIndentPattern: more, decreaseIndentPattern: less } = language.indentationRules;
  for (const line of ["SHOT 1 (4s): wide shot", "EDIT @clip", "COVERAGE", "ANGLE ON @a (5s)"]) {
    assert.match(line, new RegExp(more));
  }
  for (const line of ["  SHOT 2", "  INT. HALL - DAY", "  > hard cut", "  EDIT @clip"]) {
    assert.match(line, new RegExp(less));
  }
  for (const line of ["Shot on film", "INT. HALL - DAY", "lighting: warm", "SHOTGUN in hand"]) {
    assert.doesNotMatch(line, new RegExp(more));
  }
  for (const line of ["  Shot on film", "  lighting: warm", "  @Ada waits.", "SHOT 2"]) {
    assert.doesNotMatch(line, new RegExp(less));
  }
});
