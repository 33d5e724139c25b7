import type {LiveModel} from '../../state/live-model.js';

/** A sample large enough for the frequencies, and small enough to encode without delay. */
const SAMPLE_CHARACTERS = 30_000;
const SAMPLE_STORIES = 200;

/**
 * Returns the ids in a sample of the text that the model learns from, most frequent first. A model learns nothing of a token
 * that its text never uses, except that it never comes: the vectors of all such tokens move together, far from the others.
 */
export async function frequentTokens(model: LiveModel): Promise<number[]> {
  const counts = new Map<number, number>();
  for (const id of model.encode(await sampleText(model))) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a - b).map(([id]) => id);
}

async function sampleText({spec: {corpus}, facts}: LiveModel): Promise<string> {
  if (corpus.kind === 'text') return corpus.text.slice(0, SAMPLE_CHARACTERS);
  if (corpus.kind !== 'tiny-tales') return facts!.corpus.excerpt;
  const {tellStory} = await import('../../data/tiny-tales/index.js');
  return Array.from({length: SAMPLE_STORIES}, (_, index) => tellStory(corpus.seed ?? 1, index)).join('');
}
