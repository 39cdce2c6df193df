// Places in a text, as the protocol and as the editor count them.

import type { Text } from "@codemirror/state";
import type { Position, Range } from "vscode-languageserver-protocol";

/** Return the offset of a position; one behind the end of its line or of the text is its end. */
export function offset(doc: Text, { line, character }: Position): number {
  if (line >= doc.lines) return doc.length;
  const { from, length } = doc.line(line + 1);
  return from + Math.min(character, length);
}

export function position(doc: Text, at: number): Position {
  const line = doc.lineAt(at);
  return { line: line.number - 1, character: at - line.from };
}

export function stretch(doc: Text, { start, end }: Range): { from: number; to: number } {
  return { from: offset(doc, start), to: offset(doc, end) };
}

/** Return the position of a line and column from 1 that count characters, as results do. */
export function counted(doc: Text, line: number, column: number): Position {
  const row = Math.min(Math.max(line, 1), doc.lines);
  const before = [...doc.line(row).text].slice(0, column - 1).join("");
  return { line: row - 1, character: before.length };
}
