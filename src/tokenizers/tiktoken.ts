/**
 * OpenAI's byte-pair encodings through js-tiktoken: the same ids as GPT-2, GPT-4 (cl100k) and GPT-4o (o200k).
 * The ranks (232 to 1,133 kB gzipped) are loaded on first need, once a page or worker.
 *
 * Text goes in as UTF-8, so half a surrogate pair becomes U+FFFD, as `TextEncoder` has it; everything else survives.
 */
import {Tiktoken, type TiktokenBPE} from 'js-tiktoken/lite';
import {loadRanks} from './rank-files.js';
import {checkId, type EncodeOptions, type TiktokenEncoding, type Tokenizer} from './tokenizer.js';

const loaded = new Map<TiktokenEncoding, Promise<TiktokenTokenizer>>();

/**
 * The tokenizer of an encoding; its ranks are loaded once. A load that failed is tried again on the next call.
 * @throws {Error} where the ranks cannot be loaded, e.g. offline.
 */
export function loadTiktoken(encoding: TiktokenEncoding): Promise<TiktokenTokenizer> {
  const known = loaded.get(encoding);
  if (known) return known;
  const loading = loadRanks(encoding).then((ranks) => new TiktokenTokenizer(encoding, ranks));
  loading.catch(() => loaded.delete(encoding));
  loaded.set(encoding, loading);
  return loading;
}

export class TiktokenTokenizer implements Tokenizer {
  readonly spec: {kind: 'tiktoken'; encoding: TiktokenEncoding};
  readonly vocabSize: number;
  readonly specialTokens: ReadonlyMap<string, number>;
  readonly #bpe: Tiktoken;
  /** id → bytes in base64, as the rank file has them: decoded when asked for. */
  readonly #base64: (string | undefined)[];
  readonly #bytes = new Map<number, Uint8Array>();
  /** Keeps a byte-order mark in the text, which `TextDecoder` otherwise drops. */
  readonly #decoder = new TextDecoder('utf-8', {ignoreBOM: true});

  constructor(encoding: TiktokenEncoding, ranks: TiktokenBPE) {
    this.spec = {kind: 'tiktoken', encoding};
    this.#bpe = new Tiktoken(ranks);
    this.#base64 = tokenTable(ranks.bpe_ranks);
    this.specialTokens = new Map(Object.entries(ranks.special_tokens));
    for (const [name, id] of this.specialTokens) this.#bytes.set(id, new TextEncoder().encode(name));
    this.vocabSize = Math.max(this.#base64.length - 1, ...this.specialTokens.values()) + 1;
  }

  encode(text: string, {allowedSpecial = []}: EncodeOptions = {}): number[] {
    return this.#bpe.encode(text, allowedSpecial === 'all' ? 'all' : [...allowedSpecial], []);
  }

  decode(ids: ArrayLike<number>): string {
    const pieces = Array.from(ids, (id) => this.bytes(id));
    const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
    let end = 0;
    for (const piece of pieces) {
      bytes.set(piece, end);
      end += piece.length;
    }
    return this.#decoder.decode(bytes);
  }

  token(id: number): string {
    return this.#decoder.decode(this.bytes(id));
  }

  /** Empty for the few ids below `vocabSize` that the encoding leaves unused. */
  bytes(id: number): Uint8Array {
    checkId(id, this.vocabSize);
    let bytes = this.#bytes.get(id);
    if (!bytes) {
      bytes = Uint8Array.from(atob(this.#base64[id] ?? ''), (character) => character.charCodeAt(0));
      this.#bytes.set(id, bytes);
    }
    return bytes;
  }
}

/** js-tiktoken's rank file: lines of `! firstRank token token …`, tokens in base64. Returns id → base64. */
function tokenTable(ranks: string): (string | undefined)[] {
  const table: (string | undefined)[] = [];
  for (const line of ranks.split('\n')) {
    const [, first, ...tokens] = line.split(' ');
    for (const [i, token] of tokens.entries()) table[Number(first) + i] = token;
  }
  return table;
}
