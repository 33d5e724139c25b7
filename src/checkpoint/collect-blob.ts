/** Chunks are handed to the browser when so many bytes have come, so that this thread never holds more. */
const PART_BYTES = 16 * 2 ** 20;

export interface CollectOptions {
  /** The blob's media type. */
  type?: string;
  signal?: AbortSignal;
  /** Called with the bytes that have come. */
  onBytes?: (bytes: number) => void;
}

/**
 * Collects chunks into a blob, whose bytes the browser keeps, on disk where they are many. A chunk may be a view that the next one overwrites.
 * @throws whatever the chunks throw, and the signal's reason after an abort
 */
export async function collectBlob(
  chunks: AsyncIterable<Uint8Array>,
  {type, signal, onBytes}: CollectOptions = {},
): Promise<Blob> {
  let whole = new Blob([], {type});
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const flush = () => {
    whole = new Blob([whole, ...parts], {type});
    parts = [];
    bytes = 0;
  };
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    parts.push(chunk.slice());
    bytes += chunk.length;
    if (bytes >= PART_BYTES) flush();
    onBytes?.(whole.size + bytes);
  }
  flush();
  return whole;
}
