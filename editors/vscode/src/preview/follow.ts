// Which words of the prompts come from a place in the script.

/** A place in the script, as the editor counts. */
export interface Position {
  line: number;
  character: number;
}

/** A stretch of a prompt, and where it comes from. */
export interface Stretch {
  start: number;
  end: number;
  position: Position;
}

/** A piece of a prompt: with a stretch where it comes from the script, without one elsewhere. */
export interface Piece {
  text: string;
  from: Position | undefined;
}

/** Cut a prompt into pieces that come from one place each. */
export function pieces(text: string, map: readonly Stretch[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const { start, end, position } of [...map].sort((a, b) => a.start - b.start)) {
    // A stretch inside of another one belongs to it.
    if (start < at || end <= start) continue;
    if (start > at) found.push({ text: text.slice(at, start), from: undefined });
    found.push({ text: text.slice(start, end), from: position });
    at = end;
  }
  if (at < text.length) found.push({ text: text.slice(at), from: undefined });
  return found;
}

/** How near a place is to the cursor. */
export type Nearness = "here" | "line" | undefined;

/**
 * Return how near each place is to the cursor: `here` for what stands under it, `line` for the
 * rest of its line.
 */
export function near(places: readonly (Position | undefined)[], cursor: Position): Nearness[] {
  let reached = -1;
  for (const place of places) {
    if (place?.line === cursor.line && place.character <= cursor.character) {
      reached = Math.max(reached, place.character);
    }
  }
  return places.map((place) => {
    if (place?.line !== cursor.line) return undefined;
    return place.character === reached ? "here" : "line";
  });
}

/**
 * Return where to go in the script for a place inside of a piece.
 *
 * Words are passed on as they were written, so a click in the middle of a piece goes to the
 * middle of what it comes from, unless that line says something else there.
 */
export function within(from: Position, piece: string, offset: number, line: string): Position {
  const written = line.slice(from.character, from.character + piece.length);
  const same = written.toLowerCase() === piece.toLowerCase();
  return same ? { line: from.line, character: from.character + offset } : from;
}
