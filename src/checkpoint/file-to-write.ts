/** A file that is made as it is written, so that it never lies in memory as a whole. */
export interface FileToWrite {
  /** In bytes, known before anything is written. */
  readonly size: number;
  /** Yields the file's bytes in order. They are views: use them before asking for the next. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** Returns a file of bytes or a text that are in memory. */
export function fileOf(content: string | Uint8Array): FileToWrite {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    size: bytes.length,
    async *chunks() {
      yield bytes;
    },
  };
}

/** Writes a small file into memory. */
export async function bytesOfFile(file: FileToWrite): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.size);
  let end = 0;
  for await (const chunk of file.chunks()) {
    bytes.set(chunk, end);
    end += chunk.length;
  }
  return bytes;
}
