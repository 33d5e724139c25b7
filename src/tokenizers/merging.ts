/** What a tokenizer merges, for views that show it being done. */
import type {MergeRank} from './merge-steps.js';
import {SpecialTokens} from './special-tokens.js';
import {TiktokenTokenizer} from './tiktoken.js';
import type {Tokenizer} from './tokenizer.js';

export interface Merging {
  /** The pieces that a text is cut into before anything is merged; no token reaches over a cut. */
  pieces(text: string): Iterable<string>;
  readonly rankOf: MergeRank;
}

/** The merges of a byte-pair tokenizer; undefined for tokenizers that merge nothing. */
export async function mergingOf(tokenizer: Tokenizer): Promise<Merging | undefined> {
  if (tokenizer instanceof TiktokenTokenizer) return tokenizer;
  const {spec} = tokenizer;
  if (spec.kind !== 'bpe') return undefined;
  // Most pages show a published encoding, and do without this.
  return (await import('./bpe/merging.js')).bpeMerging(spec);
}

export interface Piece {
  text: string;
  /** Where it begins in the text, in UTF-16 units. */
  start: number;
  /** A special token, matched as a whole. */
  special: boolean;
}

/** The pieces of a text with their places. Special tokens that may be named are pieces of their own. */
export function piecesOf(
  text: string,
  tokenizer: Tokenizer,
  merging: Merging,
  allowedSpecial: readonly string[] = [],
): Piece[] {
  const {specialTokens} = tokenizer;
  const special = new SpecialTokens([...specialTokens.keys()], specialTokens);
  const found: Piece[] = [];
  let start = 0;
  const add = (piece: string, special: boolean) => {
    found.push({text: piece, start, special});
    start += piece.length;
  };
  for (const part of special.split(text, allowedSpecial)) {
    if (typeof part === 'number') add(tokenizer.token(part), true);
    else for (const piece of merging.pieces(part)) add(piece, false);
  }
  return found;
}
