/** Text from tokens that come one by one. */
import type {Tokenizer} from './tokenizer.js';

/**
 * Returns a function that takes the next token id and gives the text that is complete by then. An emoji that is three
 * tokens long comes out with its third; a lone `token(id)` would show U+FFFD three times.
 * Call it without an id at the end: what is left of a broken character comes out as U+FFFD.
 */
export function streamDecoder(tokenizer: Tokenizer): (id?: number) => string {
  if (tokenizer.spec.kind === 'word') return wordStream(tokenizer);
  const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
  return (id) => (id === undefined ? decoder.decode() : decoder.decode(tokenizer.bytes(id), {stream: true}));
}

/** Words are joined with spaces, save before punctuation: each gives what it adds to the word before it. */
function wordStream(tokenizer: Tokenizer): (id?: number) => string {
  let before: number[] = [];
  return (id) => {
    if (id === undefined) return '';
    const text = tokenizer.decode([...before, id]).slice(tokenizer.decode(before).length);
    before = [id];
    return text;
  };
}
