import type {LiveModel} from '../../state/live-model.js';
import {watchModel} from '../../state/watch.js';
import {until} from './until.js';

/** Longer than any view waits between two requests. */
const SLOWEST_VIEW_MS = 600;

/**
 * Runs `change`, which gives the model other weights, and waits until the slowest view of the page has asked for
 * them: a view that has not asked by then never will.
 * @param changed Called after the change, before views that wait between requests ask.
 */
export async function seenByViews(
  model: LiveModel,
  change: () => Promise<unknown>,
  changed: () => void = () => {},
): Promise<void> {
  let answers = 0;
  const watch = watchModel(
    model,
    async () => answers + 1,
    {minIntervalMs: SLOWEST_VIEW_MS},
    (answer) => {
      answers = answer;
    },
  );
  try {
    await until(() => answers === 1, 'the first answer');
    let told = false;
    model.addEventListener('gpt-weights', () => (told = true), {once: true});
    await change();
    await until(() => told, 'the news of other weights');
    changed();
    await until(() => answers === 2, 'an answer about the changed weights');
  } finally {
    watch.stop();
  }
}
