/**
 * OpenAI's byte-pair encodings, read straight from their rank files: the same ids as Python's tiktoken. js-tiktoken gives only the
 * files; it takes 0.15 s (gpt2) to 1.5 s (o200k_base) to get ready, during which a page stands still, and a time that grows with
 * the square of a piece's length. This is made ready in turns of some milliseconds, and merges a piece of n bytes in n log n.
 *
 * Text goes in as UTF-8, so half a surrogate pair becomes U+FFFD, as `TextEncoder` has it; everything else survives.
 */
import {applyMerges, type Merges} from './bpe/apply-merges.js';
import {type ByteString, byteString, bytesOf, type MergeRank} from './merge-steps.js';
import {loadRanks, type RankProgress, type TiktokenBPE} from './rank-files.js';
import {SpecialTokens} from './special-tokens.js';
import {tiktokenPieces} from './tiktoken-patterns.js';
import {checkId, type EncodeOptions, type TiktokenEncoding, type Tokenizer} from './tokenizer.js';

/** So many tokens are entered in the table at a time: about 5 ms of work. */
const TOKENS_A_TURN = 4000;
/** Pieces whose ids are cached, and how long they may be; a text of a few MB has some ten thousand different ones. */
const CACHED_PIECES = 20_000;
const CACHED_LENGTH = 40;

const ready = new Map<TiktokenEncoding, Promise<TiktokenTokenizer>>();

/**
 * The tokenizer of an encoding; made once a page. What failed is tried again on the next call.
 * @throws {Error} where the rank file cannot be loaded.
 */
export function loadTiktoken(
  encoding: TiktokenEncoding,
  onProgress?: (progress: RankProgress) => void,
): Promise<TiktokenTokenizer> {
  const known = ready.get(encoding);
  if (known) return known;
  const making = loadRanks(encoding, onProgress).then((ranks) => TiktokenTokenizer.from(encoding, ranks));
  making.catch(() => ready.delete(encoding));
  ready.set(encoding, making);
  return making;
}

export class TiktokenTokenizer implements Tokenizer {
  readonly spec: {kind: 'tiktoken'; encoding: TiktokenEncoding};
  readonly vocabSize: number;
  readonly specialTokens: ReadonlyMap<string, number>;
  /** Bytes → id, which is the rank too. */
  readonly #ids: ReadonlyMap<ByteString, number>;
  /** Id → bytes; nothing for the few ids that the encoding leaves unused. */
  readonly #tokens: readonly (ByteString | undefined)[];
  readonly #special: SpecialTokens;
  /** What a pair becomes has the pair's rank for an id. */
  readonly #merges: Merges = {
    rank: (first, second) => this.#ids.get(this.#token(first) + this.#token(second)),
    merged: (rank) => rank,
  };
  readonly #cached = new Map<string, readonly number[]>();
  /** Keeps a byte-order mark in the text, which `TextDecoder` otherwise drops. */
  readonly #decoder = new TextDecoder('utf-8', {ignoreBOM: true});

  private constructor(
    encoding: TiktokenEncoding,
    {special_tokens}: TiktokenBPE,
    ids: ReadonlyMap<ByteString, number>,
    tokens: (ByteString | undefined)[],
  ) {
    this.spec = {kind: 'tiktoken', encoding};
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
  ): Promise<TiktokenTokenizer> {
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
    return new TiktokenTokenizer(encoding, ranks, ids, tokens);
  }

  readonly rankOf: MergeRank = (left, right) => this.#ids.get(left + right);

  /** The pieces that a text is cut into before anything is merged; no token reaches over a cut. */
  pieces(text: string): Iterable<string> {
    return tiktokenPieces(text, this.spec.encoding);
  }

  /** @throws {TextError} on a piece of some millions of characters */
  encode(text: string, {allowedSpecial = []}: EncodeOptions = {}): number[] {
    const ids: number[] = [];
    for (const part of this.#special.split(text, allowedSpecial)) {
      if (typeof part === 'number') ids.push(part);
      else for (const piece of this.pieces(part)) for (const id of this.#encodePiece(piece)) ids.push(id);
    }
    return ids;
  }

  #encodePiece(piece: string): readonly number[] {
    const known = this.#cached.get(piece);
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
    if (piece.length <= CACHED_LENGTH && this.#cached.size < CACHED_PIECES) this.#cached.set(piece, ids);
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
