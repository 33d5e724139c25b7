import type {LiveModel} from '../../state/live-model.js';

/** Enough to see what is frequent, and encoded before anyone notices. */
const SAMPLE_CHARACTERS = 30_000;
const SAMPLE_STORIES = 200;

/**
 * The ids that occur in a sample of what the model learns from, most frequent first. A vocabulary may hold many that
 * its text never uses: nothing is learned of them but that they do not come, which moves all of them to one far place.
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
