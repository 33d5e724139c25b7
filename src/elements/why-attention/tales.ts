/** A text to begin with: a tale of what the model learns from, one in which something has to look back. */
import {tellStory} from '../../data/tiny-tales/generate.js';
import {taleLinks} from '../../data/tiny-tales/links.js';
import type {LiveModel} from '../../state/live-model.js';

/** Of tiny-tales, so many are looked through. */
const TALES = 40;

export interface Tales {
  text: string;
  /** Among how many it was chosen. */
  count: number;
}

/**
 * Tale number `turn` of those in which something looks back, those with the most kinds of such words first. They fit the
 * model's window. Of a corpus that is not tiny-tales: its first lines.
 */
export async function taleFor(model: LiveModel, turn: number): Promise<Tales> {
  const {config, corpus} = await model.ready;
  const source = model.spec.corpus;
  const lines =
    source?.kind === 'tiny-tales'
      ? Array.from({length: TALES}, (_, index) => tellStory(source.seed ?? 1, index).trim())
      : corpus.excerpt.split('\n').filter((line) => line.trim());
  const kinds = lines.map((line) => {
    const ids = model.encode(line);
    if (ids.length > config.contextLength) return 0;
    const links = taleLinks(ids.map((id) => model.tokenizer!.token(id)));
    return Object.values(links).filter((some) => some.length).length;
  });
  const order = lines.map((_, line) => line).filter((line) => kinds[line]! > 0);
  order.sort((a, b) => kinds[b]! - kinds[a]! || a - b);
  return {text: lines[order[turn % order.length] ?? 0] ?? '', count: order.length};
}
