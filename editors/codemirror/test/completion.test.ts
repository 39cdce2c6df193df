import assert from "node:assert/strict";
import { test } from "node:test";
import { fields } from "../src/completion";

test("the fields of a snippet are spelt as the editor spells them", () => {
  assert.equal(fields("SHOT ${1:1} ($2): $0"), "SHOT ${1:1} (${2}): ${0}");
  assert.equal(fields("@${1:Name} = ${2|prop,place|}: $0"), "@${1:Name} = ${2:prop}: ${0}");
  assert.equal(fields("costs \\$5 {x\\}"), "costs $5 {x}");
});
