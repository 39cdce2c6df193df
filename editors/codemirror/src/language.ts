// What the editor knows of scripts by itself: colours until the server has more, and comments.

import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";

/** The name by which editors and server know the language. */
export const LANGUAGE = "promptlang-shot";

const BLOCK = /(?:SHOT|EDIT|ANGLE ON|COVERAGE)(?=[\s:(]|$)[^:]*:?/;
const SCENE = /(?:SCENE(?=[\s:])|(?:INT|EXT|EST|I\/E)\.).*/;

const shot = StreamLanguage.define<null>({
  name: LANGUAGE,
  languageData: {
    closeBrackets: { brackets: ["(", "[", "{", '"'] },
    commentTokens: { line: "#" },
  },
  token(stream) {
    if (stream.sol()) {
      stream.eatSpace();
      if (stream.match(/#.*/)) return "comment";
      if (stream.match(BLOCK) || stream.match(SCENE)) return "heading";
      if (stream.match(/>.*/)) return "macroName";
      if (stream.match(/[\p{L}-]+(?=\s*:)/u)) return "propertyName";
    }
    if (stream.match(/#(?=\s|$).*/)) return "comment";
    if (stream.match(/@[\p{L}\p{N}_-]+/u)) return "variableName";
    if (stream.match(/"[^"]*"?/)) return "string";
    // What follows a blank may begin something.
    if (!stream.match(/\S+/)) stream.next();
    stream.eatSpace();
    return null;
  },
});

const style = HighlightStyle.define([
  { tag: tags.heading, class: "tok-keyword" },
  { tag: tags.macroName, class: "tok-macro" },
  { tag: tags.propertyName, class: "tok-property" },
  { tag: tags.comment, class: "tok-comment" },
  { tag: tags.variableName, class: "tok-variable" },
  { tag: tags.string, class: "tok-string" },
]);

export function language(): Extension {
  return [shot, syntaxHighlighting(style)];
}
