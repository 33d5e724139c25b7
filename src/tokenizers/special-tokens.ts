import {shorten} from '../math/shorten.js';
import {TokenizerSpecError} from './tokenizer.js';

/** The name as a pattern that matches just the name. */
const literal = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Tokens that stand for no text of their own. A text can name them only where the caller allows it. */
export class SpecialTokens {
  /** Name → id. */
  readonly ids: ReadonlyMap<string, number>;

  /** @throws {TokenizerSpecError} where a name is empty, comes twice or is not in the vocabulary. */
  constructor(names: readonly string[], vocab: ReadonlyMap<string, number>) {
    const ids = new Map<string, number>();
    for (const name of names) {
      const id = vocab.get(name);
      if (!name || id === undefined)
        throw new TokenizerSpecError(`The special token “${shorten(name)}” is not in the vocabulary.`);
      if (ids.has(name)) throw new TokenizerSpecError(`The special token “${shorten(name)}” comes twice.`);
      ids.set(name, id);
    }
    this.ids = ids;
  }

  /**
   * Cuts a text at the special tokens that are allowed: their ids, and the text between them. The longest name wins where
   * two begin at the same place.
   * @throws {RangeError} where a name is allowed that is no special token.
   */
  *split(text: string, allowed: readonly string[] | 'all'): Generator<string | number, void, void> {
    const names = allowed === 'all' ? [...this.ids.keys()] : allowed;
    for (const name of names)
      if (!this.ids.has(name))
        throw new RangeError(`“${shorten(name)}” is not a special token of this tokenizer.`);
    let end = 0;
    if (names.length > 0) {
      const pattern = names.toSorted((a, b) => b.length - a.length).map(literal);
      for (const {0: name, index} of text.matchAll(new RegExp(pattern.join('|'), 'gu'))) {
        if (index > end) yield text.slice(end, index);
        yield this.ids.get(name)!;
        end = index + name.length;
      }
    }
    if (end < text.length) yield text.slice(end);
  }
}
