/**
 * OpenAI's encodings read straight from their rank files, for views: the tokens come out of the very merges that can be
 * stepped through. The ids are those of js-tiktoken, which the engine uses; but js-tiktoken takes 0.15 s (gpt2) to 1.5 s
 * (o200k_base) to get ready, during which a page stands still, and this is made ready in turns of some milliseconds.
 */
import type {TiktokenBPE} from 'js-tiktoken/lite';
import {applyMerges, type Merges} from './bpe/apply-merges.js';
import {type ByteString, byteString, bytesOf, type MergeRank} from './merge-steps.js';
import {loadRanks, type RankProgress} from './rank-files.js';
import {SpecialTokens} from './special-tokens.js';
import {checkId, type EncodeOptions, type TiktokenEncoding, type Tokenizer} from './tokenizer.js';

/** So many tokens are entered in the table at a time: about 5 ms of work. */
const TOKENS_A_TURN = 4000;
/** Pieces whose ids are remembered; a text of a few MB has some ten thousand different ones. */
const REMEMBERED_PIECES = 20_000;

const ready = new Map<TiktokenEncoding, Promise<RankedTokenizer>>();

/**
 * The tokenizer of an encoding; made once a page. What failed is tried again on the next call.
 * @throws {Error} where the rank file cannot be loaded.
 */
export function loadRanked(
  encoding: TiktokenEncoding,
  onProgress?: (progress: RankProgress) => void,
): Promise<RankedTokenizer> {
  const known = ready.get(encoding);
  if (known) return known;
  const making = loadRanks(encoding, onProgress).then((ranks) => RankedTokenizer.from(encoding, ranks));
  making.catch(() => ready.delete(encoding));
  ready.set(encoding, making);
  return making;
}

export class RankedTokenizer implements Tokenizer {
  readonly spec: {kind: 'tiktoken'; encoding: TiktokenEncoding};
  readonly vocabSize: number;
  readonly specialTokens: ReadonlyMap<string, number>;
  /** Bytes → id, which is the rank too. */
  readonly #ids: ReadonlyMap<ByteString, number>;
  /** Id → bytes; nothing for the few ids that the encoding leaves unused. */
  readonly #tokens: readonly (ByteString | undefined)[];
  readonly #special: SpecialTokens;
  readonly #pattern: string;
  /** What a pair becomes has the pair's rank for an id. */
  readonly #merges: Merges = {
    rank: (first, second) => this.#ids.get(this.#token(first) + this.#token(second)),
    merged: (rank) => rank,
  };
  readonly #remembered = new Map<string, readonly number[]>();
  /** Keeps a byte-order mark in the text, which `TextDecoder` otherwise drops. */
  readonly #decoder = new TextDecoder('utf-8', {ignoreBOM: true});

  private constructor(
    encoding: TiktokenEncoding,
    {pat_str, special_tokens}: TiktokenBPE,
    ids: ReadonlyMap<ByteString, number>,
    tokens: (ByteString | undefined)[],
  ) {
    this.spec = {kind: 'tiktoken', encoding};
    this.#pattern = pat_str;
    this.#ids = ids;
    this.#tokens = tokens;
    const special = new Map(Object.entries(special_tokens));
    this.#special = new SpecialTokens([...special.keys()], special);
    this.specialTokens = special;
    for (const [name, id] of this.specialTokens) tokens[id] = byteString(name);
    this.vocabSize = tokens.length;
  }

  /** @param rest Called between two turns of work; by default it lets the page do what waits. */
  static async from(
    encoding: TiktokenEncoding,
    ranks: TiktokenBPE,
    rest: () => Promise<void> = nextTask,
  ): Promise<RankedTokenizer> {
    const ids = new Map<ByteString, number>();
    const tokens: (ByteString | undefined)[] = [];
    for (const line of ranks.bpe_ranks.split('\n')) {
      // “! firstRank token token …”, tokens in base64
      const [, first, ...list] = line.split(' ');
      for (const [i, base64] of list.entries()) {
        const bytes = atob(base64);
        ids.set(bytes, Number(first) + i);
        tokens[Number(first) + i] = bytes;
        if (ids.size % TOKENS_A_TURN === 0) await rest();
      }
    }
    return new RankedTokenizer(encoding, ranks, ids, tokens);
  }

  readonly rankOf: MergeRank = (left, right) => this.#ids.get(left + right);

  /** The pieces that a text is cut into before anything is merged; no token reaches over a cut. */
  *pieces(text: string): Generator<string, void, void> {
    for (const [piece] of text.matchAll(new RegExp(this.#pattern, 'gu'))) yield piece;
  }

  encode(text: string, {allowedSpecial = []}: EncodeOptions = {}): number[] {
    const ids: number[] = [];
    for (const part of this.#special.split(text, allowedSpecial)) {
      if (typeof part === 'number') ids.push(part);
      else for (const piece of this.pieces(part)) for (const id of this.#encodePiece(piece)) ids.push(id);
    }
    return ids;
  }

  #encodePiece(piece: string): readonly number[] {
    const known = this.#remembered.get(piece);
    if (known) return known;
    const bytes = byteString(piece);
    const whole = this.#ids.get(bytes);
    const ids =
      whole === undefined
        ? applyMerges(
            Array.from(bytes, (byte) => this.#ids.get(byte)!),
            this.#merges,
          )
        : [whole];
    if (this.#remembered.size < REMEMBERED_PIECES) this.#remembered.set(piece, ids);
    return ids;
  }

  decode(ids: ArrayLike<number>): string {
    return this.#decoder.decode(bytesOf(Array.from(ids, (id) => this.#token(id)).join('')));
  }

  token(id: number): string {
    return this.#decoder.decode(this.bytes(id));
  }

  /** Empty for the few ids below `vocabSize` that the encoding leaves unused. */
  bytes(id: number): Uint8Array {
    return bytesOf(this.#token(id));
  }

  #token(id: number): ByteString {
    checkId(id, this.vocabSize);
    return this.#tokens[id] ?? '';
  }
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
