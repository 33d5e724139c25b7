import {withRemedy} from '../math/remedy.js';
import {inThousands} from '../math/shorten.js';

/** Anything that bytes can be read from at any place: a file on disk, bytes in memory, later a file on a server. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /**
   * Reads the bytes from `begin` up to `end`, the end exclusive.
   * @throws {SourceError} where they cannot be read.
   */
  read(begin: number, end: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** A file that was there and can no longer be read, or is shorter than it said. The message is for readers. */
export class SourceError extends Error {
  override name = 'SourceError';
}

/** Returns a source of bytes that are in memory. What it reads are views, not copies. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (begin, end, signal) => {
      signal?.throwIfAborted();
      return bytes.subarray(begin, end);
    },
  };
}

/** Returns a source of a file that was picked, dropped or stored: only what is asked for is read from disk. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (begin, end, signal) => {
      signal?.throwIfAborted();
      const part = await blob
        .slice(begin, end)
        .arrayBuffer()
        .catch((cause: unknown) => {
          throw withRemedy(
            new SourceError('The file can no longer be read: it was changed, moved or deleted.', {cause}),
            'Choose it again.',
          );
        });
      signal?.throwIfAborted();
      return new Uint8Array(part);
    },
  };
}

/**
 * Reads exactly the bytes from `begin` up to `end`.
 * @throws {SourceError} where the source has fewer, or other bytes than asked for.
 */
export async function readExactly(
  source: ByteSource,
  begin: number,
  end: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  const bytes = await source.read(begin, end, signal);
  if (bytes.length !== end - begin)
    throw withRemedy(
      new SourceError(
        `Bytes ${inThousands(begin)} to ${inThousands(end)} of the file were asked for, but ${inThousands(bytes.length)} came.`,
      ),
      'It may be cut short: load it again.',
    );
  return bytes;
}

/**
 * Reads a whole file as text.
 * @param most Larger files, in bytes, are refused before they are read.
 * @throws {SourceError} where it is too large or not UTF-8.
 */
export async function readText(
  name: string,
  source: ByteSource,
  most: number,
  signal?: AbortSignal,
): Promise<string> {
  if (source.size > most)
    throw new SourceError(
      `${name} has ${(source.size / 1e6).toFixed(1)} MB; at most ${most / 1e6} MB can be read. Is it another file?`,
    );
  const bytes = await readExactly(source, 0, source.size, signal);
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch (cause) {
    throw new SourceError(`${name} is not UTF-8 text. Is it another file?`, {cause});
  }
}
