// What the preview and its page say to each other.

import type { Position, Stretch } from "./follow";

export interface Prompt {
  shot: string;
  text: string;
  seconds: number | null;
  used: number;
  limit: number | null;
  unit: string;
  map: Stretch[];
}

export interface Reference {
  name: string;
  as: string | null;
  kind: string;
  files: string[];
}

export interface Request {
  id: string;
  task: string;
  endpoint: string | null;
  seconds: number | null;
  needs: string[];
  payload: unknown;
  prompts: Prompt[];
  references: Reference[];
}

export interface Loss {
  name: string;
  kind: string;
  severity: string;
  message: string;
  line: number;
  column: number;
}

export interface Compiled {
  target: string;
  /** What people call the target; the editor adds it. */
  title?: string;
  seconds: number;
  ok: boolean;
  requests: Request[];
  losses: Loss[];
}

export interface Previewed {
  uri: string;
  version: number | null;
  targets: Compiled[];
}

/** What the editor tells the page. */
export type ToPage =
  | { type: "prompts"; name: string; made: Previewed; cursor: Position | undefined }
  | { type: "cursor"; cursor: Position }
  | { type: "trouble"; name: string; message: string };

/** What the page tells the editor. */
export type FromPage =
  | { type: "ready" }
  | { type: "reveal"; from: Position; piece: string; offset: number }
  | { type: "loss"; line: number; column: number }
  | { type: "copy"; text: string; what: string }
  | { type: "problems" }
  | { type: "target" };
