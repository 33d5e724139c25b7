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
