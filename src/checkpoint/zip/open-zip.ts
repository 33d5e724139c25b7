import {shorten} from '../../math/shorten.js';
import type {ByteSource} from '../byte-source.js';
import {readDirectory} from './directory.js';
import {EntrySource} from './entry-source.js';

/**
 * Returns the files in a zip file by their paths. Nothing is unpacked before it is read, and then slice by slice.
 * @throws {ZipError} where it is no zip file, is damaged, or is made to do harm: paths that lead out of its folder, files that
 *   overlap or would become enormous
 * @throws {SourceError} where it cannot be read
 */
export async function openZip(source: ByteSource, signal?: AbortSignal): Promise<Map<string, ByteSource>> {
  const entries = await readDirectory(source, signal);
  return new Map(
    Array.from(entries, ([path, entry]) => [path, new EntrySource(source, shorten(path), entry)]),
  );
}
