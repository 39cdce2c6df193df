// Prints what kind of line the grammar takes each line for: a JSON array of lines comes in on
// standard input, one of kinds goes out.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const { Registry, parseRawGrammar, INITIAL } = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const SCOPE = "source.promptlang-shot";
const GRAMMAR = join(import.meta.dirname, "../syntaxes/promptlang-shot.tmLanguage.json");

await oniguruma.loadWASM(
  readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer,
);
const registry = new Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) =>
    scope === SCOPE ? parseRawGrammar(readFileSync(GRAMMAR, "utf8"), GRAMMAR) : null,
});
const grammar = await registry.loadGrammar(SCOPE);

const kinds = JSON.parse(readFileSync(0, "utf8")).map((line) => {
  const { tokens, ruleStack } = grammar.tokenizeLine(line, INITIAL);
  // A line that leaves something open would colour the next one.
  if (ruleStack.depth > 1) return "open";
  const named = tokens.flatMap((token) => token.scopes).find((s) => s.startsWith("meta.line."));
  return named === undefined ? "blank" : named.split(".")[2];
});
console.log(JSON.stringify(kinds));
