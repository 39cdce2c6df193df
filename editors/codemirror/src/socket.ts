// Messages over a WebSocket, one text each.

import type { Transport } from "@codemirror/lsp-client";

export interface Line {
  transport: Transport;
  /** Resolves when the server is gone. */
  closed: Promise<void>;
}

/** Connect to a server; fails where nobody answers. */
export function listening(address: string): Promise<Line> {
  const socket = new WebSocket(address);
  const handlers = new Set<(message: string) => void>();
  socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
    for (const handler of handlers) handler(data);
  });
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener("close", () => {
      resolve();
    });
  });
  const transport: Transport = {
    send(message) {
      if (socket.readyState !== WebSocket.OPEN) throw new Error("the server is gone");
      socket.send(message);
    },
    subscribe: (handler) => void handlers.add(handler),
    unsubscribe: (handler) => void handlers.delete(handler),
  };
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => {
      resolve({ transport, closed });
    });
    socket.addEventListener("error", () => {
      reject(new Error(`nobody answers at ${address}`));
    });
  });
}
