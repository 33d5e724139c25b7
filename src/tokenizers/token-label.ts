import type {Tokenizer} from './tokenizer.js';

/**
 * Returns a token as text; one that is only a part of a letter, by its bytes: “⟨E2⟩”, “⟨E2 80⟩” with narrow no-break spaces. Where a model has
 * more rows than its tokenizer has tokens, the id.
 */
export function tokenLabel(tokenizer: Pick<Tokenizer, 'vocabSize' | 'token' | 'bytes'>, id: number): string {
  if (id >= tokenizer.vocabSize) return `${id}`;
  const text = tokenizer.token(id);
  if (!text.includes('\uFFFD')) return text;
  const bytes = Array.from(tokenizer.bytes(id), (byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
  return `⟨${bytes.join('\u202F')}⟩`;
}

/** Returns the labels of tokens, [T]. */
export const tokenLabels = (
  tokenizer: Pick<Tokenizer, 'vocabSize' | 'token' | 'bytes'>,
  ids: ArrayLike<number>,
): string[] => Array.from(ids, (id) => tokenLabel(tokenizer, id));

/** Whether a label has bytes in place of text. */
export const isByteLabel = (label: string): boolean => /^⟨[\dA-F]{2}(\u202F[\dA-F]{2})*⟩$/.test(label);
