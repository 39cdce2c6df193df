// Bytes as text: compressed, then in base64, which may stand in a page and in an address.

type Bytes = Uint8Array<ArrayBuffer>;

function through(bytes: Bytes, stream: ReadableWritablePair<Bytes, BufferSource>): Promise<Bytes> {
  const read = new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();
  return read.then((buffer) => new Uint8Array(buffer));
}

/** Return the bytes of a text made by gzip and base64. */
export function unpacked(text: string): Promise<Bytes> {
  return through(bytes(text), new DecompressionStream("gzip") as ReadableWritablePair<Bytes>);
}

function bytes(text: string): Bytes {
  const read = atob(text);
  const found = new Uint8Array(read.length);
  for (let at = 0; at < read.length; at += 1) found[at] = read.charCodeAt(at);
  return found;
}

/** Return a text that may stand in an address. */
export async function shortened(text: string): Promise<string> {
  const stream = new CompressionStream("gzip") as ReadableWritablePair<Bytes>;
  const packed = await through(new TextEncoder().encode(text), stream);
  const read = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  return btoa(read).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Return the text behind what stands in an address. */
export async function lengthened(text: string): Promise<string> {
  return new TextDecoder().decode(
    await unpacked(text.replaceAll("-", "+").replaceAll("_", "/")),
  );
}
