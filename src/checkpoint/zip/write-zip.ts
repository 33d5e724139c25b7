import type {FileToWrite} from '../file-to-write.js';

/** Larger files need an extension of the format that is not written here. */
const MAX_BYTES = 2 ** 32 - 2 ** 24;

/**
 * Yields a zip file of the given files, as they are made. Weights do not get smaller by compression, so nothing is compressed.
 * @throws {RangeError} where it would be larger than 4 GB
 */
export async function* writeZip(
  files: ReadonlyMap<string, FileToWrite>,
): AsyncGenerator<Uint8Array, void, void> {
  const bytes = [...files.values()].reduce((sum, {size}) => sum + size, 0);
  if (bytes > MAX_BYTES)
    throw new RangeError(
      `The files have ${(bytes / 1e9).toFixed(1)} GB together; a zip file can hold 4 GB. Write the weights as F16, or save the files one by one.`,
    );
  const {Zip, ZipPassThrough} = await import('fflate');
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  function* take(): Generator<Uint8Array, void, void> {
    yield* ready;
    ready = [];
  }
  for (const [name, file] of files) {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    for await (const chunk of file.chunks()) {
      entry.push(chunk);
      yield* take();
    }
    entry.push(new Uint8Array(0), true);
    yield* take();
  }
  zip.end();
  yield* take();
}
