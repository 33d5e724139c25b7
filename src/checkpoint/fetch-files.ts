import {fetchWithin, readParts} from '../math/within.js';
import {type ByteSource, blobSource, readText} from './byte-source.js';
import {collectBlob} from './collect-blob.js';
import {DownloadError} from './downloads/error.js';
import {readIndex} from './safetensors-reader.js';

/** Files of a model's folder that may be missing. */
const OPTIONAL = ['tokenizer.json', 'vocab.json', 'merges.txt'];
const WEIGHTS = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';
const INDEX_BYTES = 64e6;

/**
 * Fetches a checkpoint from an address: one .safetensors or .zip file, or a folder with a `config.json` and a `model.safetensors`, or the
 * index of several such files.
 * @throws {DownloadError} where it cannot be fetched; the message says what to do
 * @throws {SafetensorsError} where the index is none
 */
export async function fetchCheckpoint(
  url: string,
  onProgress: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Map<string, ByteSource>> {
  const {pathname, hash} = new URL(url);
  const files = new Map<string, ByteSource>();
  // A blob’s address has no name: a page writes it behind “#”.
  const name = decodeURIComponent(hash.slice(1) || pathname.slice(pathname.lastIndexOf('/') + 1));
  if (/\.[a-z0-9]+$/i.test(name)) {
    return files.set(name, blobSource(await fetchFile(url, onProgress, signal)));
  }
  const folder = url.endsWith('/') ? url : `${url}/`;
  const fetchNamed = async (name: string) => {
    const source = blobSource(await fetchFile(new URL(name, folder).href, onProgress, signal));
    files.set(name, source);
    return source;
  };
  const fetchWhereThere = (name: string) =>
    fetchNamed(name).catch((error: DownloadError) => {
      if (signal?.aborted) throw error;
      return error;
    });
  await fetchNamed('config.json');
  for (const name of OPTIONAL) await fetchWhereThere(name);
  const missing = await fetchWhereThere(WEIGHTS);
  if (!(missing instanceof Error)) return files;
  const index = await fetchWhereThere(INDEX);
  if (index instanceof Error) throw missing;
  for (const name of readIndex(await readText(INDEX, index, INDEX_BYTES, signal)).keys())
    await fetchNamed(name);
  return files;
}

async function fetchFile(
  url: string,
  onProgress: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Blob> {
  try {
    const response = await fetchWithin(url, {signal});
    if (!response.ok || !response.body) throw new Error(`HTTP status ${response.status}`);
    // The length of a compressed response is not that of what comes out of it.
    const isPlain = !response.headers.get('content-encoding');
    const total = isPlain ? Number(response.headers.get('content-length')) : 0;
    const onBytes = (bytes: number) => onProgress(bytes, total);
    const whole = await collectBlob(readParts(response.body), {onBytes});
    if (total > 0 && whole.size !== total) throw new Error(`only ${whole.size} of ${total} bytes came`);
    return whole;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    // Where the server has answered, no policy stands in the way.
    const policies =
      cause instanceof TypeError
        ? ' If this page has a content security policy, it must allow that address; another server must allow this page to read it (CORS).'
        : '';
    throw new DownloadError(
      `${url} could not be loaded (${(cause as Error).message}). Check the address and the connection, and try again.${policies}`,
      {cause},
    );
  }
}
