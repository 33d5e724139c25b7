/** Getting a corpus: from the generator, a paste, a file or an address. Works in a page and in a worker. */
import {fetchWithin, NETWORK_PATIENCE_MS, readParts, StalledError} from '../math/within.js';
import {type Corpus, CorpusError, type CorpusSpec, corpusName} from './corpus.js';
import {checkSize, checkText, decodeBytes, type TextDemands} from './text.js';
import {tinyTales} from './tiny-tales/index.js';
import {toyCorpus} from './toy-tasks/index.js';

export interface LoadProgress {
  /** Bytes read. */
  done: number;
  /** Bytes in all, where known. */
  total?: number;
}

export interface LoadOptions {
  signal?: AbortSignal;
  onProgress?: (progress: LoadProgress) => void;
  /** How long to wait for the server's answer, and for each part of it, in milliseconds. */
  patienceMs?: number;
  /** Default: those of a text to be learned from as it is. */
  demands?: TextDemands;
}

/**
 * Makes the corpus that a spec describes.
 * @throws {CorpusError} where there is no text that can be learned from; the message says what to do.
 * @throws {DOMException} `AbortError` where the signal was given.
 */
export async function loadCorpus(spec: CorpusSpec, options: LoadOptions = {}): Promise<Corpus> {
  options.signal?.throwIfAborted();
  switch (spec.kind) {
    case 'tiny-tales':
      return tinyTales(spec);
    case 'toy':
      return toyCorpus(spec);
    case 'text': {
      const name = corpusName(spec);
      return {name, text: checkText(spec.text, name, options.demands)};
    }
    case 'url': {
      const name = corpusName(spec);
      return {name, text: await fetchText(spec.url, name, options)};
    }
  }
}

/**
 * A dropped or chosen file as text: UTF-8, or UTF-16 with a byte-order mark; \r\n becomes \n.
 * @throws {CorpusError} `empty`, `too-short`, `binary`, `too-large`.
 */
export async function readTextFile(file: File | Blob, options: LoadOptions = {}): Promise<string> {
  const name = 'name' in file ? file.name : 'the file';
  checkSize(file.size, name);
  const bytes = await readAll(file.stream(), name, file.size, options);
  return checkText(decodeBytes(bytes, name, options.demands), name, options.demands);
}

async function fetchText(url: string, name: string, options: LoadOptions): Promise<string> {
  const response = await fetchWithin(url, options).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    if (cause instanceof StalledError) throw interrupted(url, cause);
    throw new CorpusError(
      'not-found',
      `${url} could not be read. Check the address and the connection; many sites also forbid other pages to read their ` +
        'files: then download it and drop the file here.',
    );
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new CorpusError(
      'not-found',
      `${url} gave no text (HTTP status ${response.status}). Check the address.`,
    );
  }
  const length = Number(response.headers.get('content-length')) || undefined;
  if (length) checkSize(length, name);
  const bytes = await readAll(response.body, name, length, options).catch((cause: unknown) => {
    throw cause instanceof CorpusError || options.signal?.aborted ? cause : interrupted(url, cause as Error);
  });
  return checkText(decodeBytes(bytes, name, options.demands), name, options.demands);
}

const interrupted = (url: string, {message}: Error): CorpusError =>
  new CorpusError(
    'not-found',
    `The text could not be loaded from ${url}: ${message}. Check the connection and try again, or choose another text.`,
  );

/** Reads a stream to its end, or to the point where it is too large or the signal is given. */
async function readAll(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  name: string,
  total: number | undefined,
  {signal, onProgress, patienceMs = NETWORK_PATIENCE_MS}: LoadOptions,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let done = 0;
  for await (const part of readParts(stream, patienceMs)) {
    signal?.throwIfAborted();
    chunks.push(part);
    done += part.length;
    checkSize(done, name);
    // A compressed response announces its compressed size: the total is never less than what has come.
    onProgress?.({done, total: total && Math.max(total, done)});
  }
  const bytes = new Uint8Array(done);
  let end = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, end);
    end += chunk.length;
  }
  return bytes;
}
