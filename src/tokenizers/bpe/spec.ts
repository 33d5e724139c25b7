/** A byte-level BPE as plain data: what a `tokenizer.json` holds. It crosses to the worker and goes into saved runs. */
export interface BpeSpec {
  kind: 'bpe';
  /** Id → token, in GPT-2's spelling of bytes (a space is “Ġ”); special tokens under their names. */
  vocab: string[];
  /** By rank: the two tokens that become one, with a space between them, e.g. “Ġ t”. */
  merges: string[];
  /** Which entries of the vocabulary are special, e.g. `['<|endoftext|>']`. */
  specialTokens: string[];
}

/** The same tokenizer when it had learned its first `count` merges: the bytes, what these made, and the special tokens. */
export function firstMerges({vocab, merges, specialTokens}: BpeSpec, count: number): BpeSpec {
  const kept = merges.slice(0, count);
  const later = new Set(merges.slice(count).map((merge) => merge.replace(' ', '')));
  for (const merge of kept) later.delete(merge.replace(' ', '')); // made in two ways
  return {
    kind: 'bpe',
    vocab: vocab.filter((token) => !later.has(token)),
    merges: kept,
    specialTokens,
  };
}
