import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthened, shortened } from "../src/packed";

for (const text of ["", "SHOT 1 (5s): wide shot\n", "🚗\r\n\u2028é", "x".repeat(100_000)]) {
  test(`a script of ${text.length} goes through an address`, async () => {
    const packed = await shortened(text);
    assert.match(packed, /^[\w-]+$/);
    assert.equal(await lengthened(packed), text);
  });
}

test("what is no script is refused", async () => {
  await assert.rejects(lengthened("bm90IHBhY2tlZA"));
});
