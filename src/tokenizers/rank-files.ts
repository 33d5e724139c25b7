/**
 * The files with OpenAI's vocabularies: each lists its tokens in the order in which merging made them, so that a token's id
 * is also its rank. They are loaded on first need, once a page or worker, and can be watched while they arrive.
 */
import {fetchWithin, readParts} from '../math/within.js';
import type {TiktokenEncoding} from './tokenizer.js';

/** An encoding as js-tiktoken's files describe it. Declared here, so that this package's types need no other's. */
export interface TiktokenBPE {
  /** Splits text into the pieces within which tokens are merged. */
  pat_str: string;
  special_tokens: Record<string, number>;
  /** Lines of `! firstRank token token …`, tokens in base64. */
  bpe_ranks: string;
}

/** How large the files are, unpacked; a server sends less than half of it. */
export const RANK_BYTES: Record<TiktokenEncoding, number> = {
  gpt2: 545_324,
  cl100k_base: 1_090_808,
  o200k_base: 2_325_563,
};

export interface RankProgress {
  /** Bytes that have arrived, unpacked. */
  done: number;
  total: number;
}

type OnProgress = (progress: RankProgress) => void;

/**
 * Literal imports: a bundler makes a file of each and loads none before it is asked for.
 * In the built package they are files beside this one, and `importFile` takes the imports’ place (scripts/build-lib.mjs).
 */
const FILES: Record<TiktokenEncoding, (onProgress?: OnProgress) => Promise<{default: TiktokenBPE}>> = {
  gpt2: () => import('js-tiktoken/ranks/gpt2'),
  cl100k_base: () => import('js-tiktoken/ranks/cl100k_base'),
  o200k_base: () => import('js-tiktoken/ranks/o200k_base'),
};

const loaded = new Map<TiktokenEncoding, Promise<TiktokenBPE>>();

/**
 * The rank file of an encoding; loaded once. A load that failed is tried again on the next call.
 * @throws {Error} where the file cannot be loaded, e.g. offline.
 */
export function loadRanks(encoding: TiktokenEncoding, onProgress?: OnProgress): Promise<TiktokenBPE> {
  const known = loaded.get(encoding);
  if (known) return known;
  const loading = FILES[encoding](onProgress).then(
    ({default: ranks}) => ranks,
    (cause: unknown) => {
      loaded.delete(encoding);
      throw new Error(
        `The vocabulary of ${encoding} could not be loaded. Check the connection and try again.`,
        {cause},
      );
    },
  );
  loaded.set(encoding, loading);
  return loading;
}

/**
 * Imports a file that lies beside this one, and tells how much of it is there: an `import()` tells nothing, so the file is
 * fetched first, into the browser's cache. A browser may also remember for good that an `import()` failed; so nothing is
 * imported that has not arrived.
 * @param total The file's size, unpacked.
 * @throws {Error} where the server does not answer, or not with the file.
 */
export async function importFile<T>(url: string, total: number, onProgress?: OnProgress): Promise<T> {
  // Node reads files by import only.
  if (url.startsWith('http'))
    await readAll(await fetchWithin(url), (done) => onProgress?.({done: Math.min(done, total), total}));
  return import(/* @vite-ignore */ /* webpackIgnore: true */ url);
}

async function readAll({ok, status, body}: Response, onRead: (bytes: number) => void): Promise<void> {
  if (!ok || !body) throw new Error(`HTTP status ${status}`);
  let done = 0;
  for await (const part of readParts(body)) onRead((done += part.length));
}
