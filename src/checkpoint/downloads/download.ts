import {readParts} from '../../math/within.js';
import {type ByteSource, blobSource} from '../byte-source.js';
import {DownloadError, UnreachableError} from './error.js';
import {ask, fileUrl, type Repository} from './hub.js';
import {Sha256} from './sha256.js';
import {leadingParts, PART_BYTES, type PartFolder, partBytes, partCount, type StoredFile} from './store.js';

export interface DownloadListener {
  signal?: AbortSignal;
  /** Called with the bytes of a file that are there. */
  onBytes?: (bytes: number) => void;
}

/** How often a download is taken up again that brought nothing since the last time. */
const RETRIES = 3;

/**
 * Downloads what is missing of a file, in parts that are kept. A connection that is cut is taken up again where it ended.
 * @throws {DownloadError} where the server refuses, sends something else, or does not go on; the parts stay for the next time
 */
export async function downloadFile(
  repository: Repository,
  file: StoredFile,
  parts: PartFolder,
  listener: DownloadListener = {},
): Promise<void> {
  const count = partCount(file.size);
  const seen: Seen = {answers: 0};
  let have = await leadingParts(parts, file.size);
  listener.onBytes?.(Math.min(file.size, have * PART_BYTES));
  for (let failures = 0; have < count; ) {
    const before = have;
    let problem: unknown;
    try {
      have = await downloadFrom(repository, file, parts, have, seen, listener);
    } catch (error) {
      const isCut = error instanceof UnreachableError && seen.answers > 0;
      const isFinal = (error instanceof DownloadError && !isCut) || isStorage(error);
      if (listener.signal?.aborted || isFinal) throw error;
      problem = error;
      have = await leadingParts(parts, file.size);
    }
    if (have > before) failures = 0;
    else if (++failures > RETRIES)
      throw new DownloadError(
        `The download of ${file.path} stopped again and again (${problem ? (problem as Error).message : 'the connection was cut'}). ` +
          'What has arrived is kept: check the connection and continue the download.',
        {cause: problem},
      );
  }
}

const isStorage = (error: unknown): boolean =>
  ['QuotaExceededError', 'NotFoundError', 'InvalidStateError', 'NoModificationAllowedError'].includes(
    (error as Error).name,
  );

/** The earlier answers for a file. */
interface Seen {
  answers: number;
  /** Their ETag, where the server lets pages see it. */
  etag?: string;
}

/** @returns how many parts are there now: fewer than all where the connection was cut */
async function downloadFrom(
  repository: Repository,
  file: StoredFile,
  parts: PartFolder,
  have: number,
  seen: Seen,
  listener: DownloadListener,
): Promise<number> {
  const {path, size} = file;
  const {signal, onBytes} = listener;
  const headers: Record<string, string> = have > 0 ? {Range: `bytes=${have * PART_BYTES}-`} : {};
  // The browser's own cache would keep a second copy of what is kept here.
  const response = await ask(fileUrl(repository, path), repository, {signal, headers, cache: 'no-store'});
  seen.answers++;
  const etag = response.headers.get('etag') ?? undefined;
  const changed = seen.etag !== undefined && etag !== undefined && etag !== seen.etag;
  seen.etag = etag;
  if (changed && have > 0) {
    void response.body?.cancel().catch(() => {});
    return downloadFrom(repository, file, parts, 0, seen, listener); // what is here belongs to another content
  }
  let index = response.status === 206 ? have : 0; // a server without ranges sends all of it again
  let part = new Uint8Array(partBytes(size, index));
  let filled = 0;
  for await (const chunk of readParts(response.body!)) {
    signal?.throwIfAborted();
    for (let at = 0; at < chunk.length; ) {
      if (filled === part.length)
        throw new DownloadError(
          `What came for ${path} is longer than the ${size.toLocaleString('en')} bytes that the server announced. It may have changed: try again.`,
        );
      const used = Math.min(part.length - filled, chunk.length - at);
      part.set(chunk.subarray(at, at + used), filled);
      at += used;
      filled += used;
      if (filled < part.length) continue;
      await parts.write(index++, part);
      part = new Uint8Array(Math.max(0, partBytes(size, index)));
      filled = 0;
    }
    onBytes?.(index * PART_BYTES + filled > size ? size : index * PART_BYTES + filled);
  }
  return index;
}

/** Returns a downloaded file as a source. Its bytes stay where they are kept until they are read. */
export async function fileSource(parts: PartFolder, {size}: StoredFile): Promise<ByteSource> {
  const blobs = await Promise.all(Array.from({length: partCount(size)}, (_, index) => parts.blob(index)));
  return blobSource(new Blob(blobs));
}

/** Returns whether a file has the checksum that the server told. */
export async function hasChecksum(
  parts: PartFolder,
  {size, sha256}: StoredFile,
  {signal, onBytes}: DownloadListener = {},
): Promise<boolean> {
  if (!sha256) return true;
  const hash = new Sha256();
  for (let index = 0; index < partCount(size); index++) {
    signal?.throwIfAborted();
    hash.update(new Uint8Array(await (await parts.blob(index)).arrayBuffer()));
    onBytes?.(Math.min(size, (index + 1) * PART_BYTES));
  }
  return hash.digest() === sha256;
}
