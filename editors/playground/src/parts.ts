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

export type FromWorker =
  /** What is started now; empty when everything is. */
  { began: string } | { failed: string } | { message: string };
