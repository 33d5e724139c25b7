/** A text to begin with: a tale of what the model learns from, one in which something has to look back. */

import {tellStory} from '../../data/tiny-tales/generate.js';
import {taleLinks} from '../../data/tiny-tales/links.js';
import type {LiveModel} from '../../state/live-model.js';
import {Slice} from '../../tokenizers/slices.js';
import {tokenLabels} from '../../tokenizers/token-label.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';

/** Of tiny-tales, so many are looked through. */
const TALES = 40;

export interface Tales {
  text: string;
  /** Among how many it was chosen. */
  count: number;
}

/** Of each model, with the tokenizer that they were rated by. */
const known = new WeakMap<LiveModel, {tokenizer: Tokenizer; tales: readonly string[]}>();

/**
 * Tale number `turn` of those in which something looks back, those with the most kinds of such words first. They fit the
 * model's window. Of a corpus that is not tiny-tales: its first lines.
 */
export async function taleFor(model: LiveModel, turn: number): Promise<Tales> {
  await model.ready;
  const tokenizer = model.tokenizer!;
  let ranked = known.get(model);
  if (ranked?.tokenizer !== tokenizer) {
    ranked = {tokenizer, tales: await rank(model, tokenizer)};
    known.set(model, ranked);
  }
  const {tales} = ranked;
  return {text: tales[turn % tales.length] ?? '', count: tales.length};
}

async function rank(model: LiveModel, tokenizer: Tokenizer): Promise<string[]> {
  const {config, corpus} = await model.ready;
  const source = model.spec.corpus;
  const lines =
    source?.kind === 'tiny-tales'
      ? Array.from({length: TALES}, (_, index) => tellStory(source.seed ?? 1, index).trim())
      : corpus.excerpt.split('\n').filter((line) => line.trim());
  const slice = new Slice();
  const rated: {line: string; kinds: number}[] = [];
  for (const line of lines) {
    const ids = model.encode(line);
    const links = taleLinks(tokenLabels(tokenizer, ids));
    const kinds = Object.values(links).filter((some) => some.length).length;
    if (ids.length <= config.contextLength && kinds > 0) rated.push({line, kinds});
    if (slice.isOver) await slice.next();
  }
  // Where no line looks back, the first will do as well as any.
  return rated.length ? rated.sort((a, b) => b.kinds - a.kinds).map(({line}) => line) : lines.slice(0, 1);
}
