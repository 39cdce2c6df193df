// What the page and its worker say to each other, besides messages of the protocol.

/** Everything there is to run, packed. */
export interface Parts {
  wasm: string;
  library: string;
  site: string;
  lock: string;
  /** Scripts, by their paths. */
  files: Record<string, string>;
}

/** What a script says that others may include. */
export interface Written {
  path: string;
  text: string;
}

export type FromWorker =
  /** What is started now; empty when everything is. */
  { began: string } | { failed: string } | { message: string };
