import {shorten} from '../../math/shorten.js';
import {cut} from '../cut.js';
import {SpecialTokens} from '../special-tokens.js';
import {checkId, type EncodeOptions, type Tokenizer, TokenizerSpecError} from '../tokenizer.js';
import {UnknownTokenError} from '../unknown-token.js';
import {applyMerges} from './apply-merges.js';
import {BYTE_CHARACTERS, BYTE_ORDER, bytesOfSpelling} from './bytes.js';
import {checkBpeSpec} from './check-spec.js';
import {MergeTable} from './merge-table.js';
import {pieces} from './pieces.js';
import type {BpeSpec} from './spec.js';

/** Characters whose pieces are in memory at once. */
const PART_LENGTH = 65_536;
/** Words come again and again: most of a text is looked up instead of merged. */
const CACHED_PIECES = 50_000;
const CACHED_LENGTH = 40;

/**
 * Byte-level byte-pair encoding as in GPT-2: text → pieces → bytes → merges. Any text can be encoded, for its bytes can.
 *
 *     const tokenizer = await trainBPE(text, {merges: 1000});
 *     tokenizer.encode('The cat sat');
 *
 * Half a surrogate pair becomes U+FFFD, as `TextEncoder` has it; every other text comes back as it was.
 */
export class BytePairTokenizer implements Tokenizer {
  readonly spec: BpeSpec;
  readonly vocabSize: number;
  readonly specialTokens: ReadonlyMap<string, number>;
  readonly #merges = new MergeTable();
  readonly #special: SpecialTokens;
  /** Byte → its id; undefined where the vocabulary lacks it. */
  readonly #byteIds: (number | undefined)[] = [];
  readonly #bytes: Uint8Array[];
  readonly #cache = new Map<string, readonly number[]>();
  readonly #encoder = new TextEncoder();
  /** Keeps a byte-order mark in the text, which `TextDecoder` otherwise drops. */
  readonly #decoder = new TextDecoder('utf-8', {ignoreBOM: true});

  /** @throws {TokenizerSpecError} where the spec contradicts itself; the message names the entry. */
  constructor(spec: BpeSpec) {
    checkBpeSpec(spec);
    const {vocab, merges, specialTokens} = spec;
    this.spec = {kind: 'bpe', vocab: [...vocab], merges: [...merges], specialTokens: [...specialTokens]};
    this.vocabSize = vocab.length;
    const ids = new Map<string, number>();
    for (const [id, token] of vocab.entries()) {
      if (ids.has(token)) throw new TokenizerSpecError(`“${shorten(token)}” comes twice in the vocabulary.`);
      ids.set(token, id);
    }
    this.#special = new SpecialTokens(specialTokens, ids);
    this.specialTokens = this.#special.ids;
    this.#bytes = vocab.map((token, id) => this.#bytesOf(token, id));
    for (const [i, character] of BYTE_CHARACTERS.entries())
      this.#byteIds[BYTE_ORDER[i]!] = this.specialTokens.has(character) ? undefined : ids.get(character);
    for (const [rank, merge] of merges.entries()) this.#addMerge(merge, rank, ids);
  }

  /** @throws {UnknownTokenError} where the vocabulary lacks a byte of the text; one that begins with all bytes lacks none. */
  encode(text: string, {allowedSpecial = []}: EncodeOptions = {}): number[] {
    const ids: number[] = [];
    for (const part of this.#special.split(text, allowedSpecial)) {
      if (typeof part === 'number') ids.push(part);
      else
        for (const slice of cut(part, PART_LENGTH))
          for (const piece of pieces(slice)) for (const id of this.#encodePiece(piece)) ids.push(id);
    }
    return ids;
  }

  decode(ids: ArrayLike<number>): string {
    let length = 0;
    for (let i = 0; i < ids.length; i++) length += this.bytes(ids[i]!).length;
    const bytes = new Uint8Array(length);
    for (let i = 0, end = 0; i < ids.length; i++) {
      const token = this.#bytes[ids[i]!]!;
      bytes.set(token, end);
      end += token.length;
    }
    return this.#decoder.decode(bytes);
  }

  token(id: number): string {
    return this.#decoder.decode(this.bytes(id));
  }

  bytes(id: number): Uint8Array {
    checkId(id, this.vocabSize);
    return this.#bytes[id]!;
  }

  // #region byte-pair-encoding
  #encodePiece(piece: string): readonly number[] {
    const known = this.#cache.get(piece);
    if (known) return known;
    const bytes = this.#encoder.encode(piece); // UTF-8
    const ids = Array.from(bytes, (byte) => this.#byteIds[byte] ?? this.#refuse(piece));
    const merged = applyMerges(ids, this.#merges); // the lowest rank first, until no pair has one
    if (piece.length <= CACHED_LENGTH && this.#cache.size < CACHED_PIECES) this.#cache.set(piece, merged);
    return merged;
  }
  // #endregion

  #bytesOf(token: string, id: number): Uint8Array {
    if (this.specialTokens.has(token)) return this.#encoder.encode(token);
    const bytes = bytesOfSpelling(token);
    if (!bytes || bytes.length === 0)
      throw new TokenizerSpecError(
        `Token ${id}, “${shorten(token)}”, is not in GPT-2’s spelling of bytes, and it is not among the special tokens.`,
      );
    return bytes;
  }

  #addMerge(merge: string, rank: number, ids: ReadonlyMap<string, number>): void {
    const [first = '', second = '', ...more] = merge.split(' ');
    const wrong = (why: string) => new TokenizerSpecError(`Merge ${rank}, “${shorten(merge)}”, ${why}.`);
    if (!first || !second || more.length > 0) throw wrong('is not two tokens with a space between them');
    const [a, b, merged] = [first, second, first + second].map((token) =>
      this.specialTokens.has(token) ? undefined : ids.get(token),
    );
    if (a === undefined || b === undefined) throw wrong('names a token that is not in the vocabulary');
    if (merged === undefined) throw wrong('makes a token that is not in the vocabulary');
    if (!this.#merges.add(a, b, merged)) throw wrong('comes twice');
  }

  #refuse(piece: string): never {
    const unknown = Array.from(piece).filter((character) =>
      this.#encoder.encode(character).some((byte) => this.#byteIds[byte] === undefined),
    );
    throw new UnknownTokenError([...new Set(unknown)], 0);
  }
}
