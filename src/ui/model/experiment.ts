/** Models that an element makes for an experiment and throws away. */
import type {LiveModel} from '../../state/live-model.js';
import {loadedModels} from './default-model.js';

/** Resolves when a model's training run is over; rejects with a sentence for the reader where it cannot go on, or is aborted. */
export function runEnded(model: LiveModel, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      if (model.status === 'done') resolve();
      else if (model.status === 'error') reject(new Error('The training could not go on.'));
    };
    model.addEventListener('gpt-status', check, {signal});
    const fail = ({detail}: CustomEvent<{code: string; message: string}>): void => {
      // A run that cannot be saved goes on, and nobody continues this one.
      if (detail.code !== 'storage') reject(new Error(detail.message));
    };
    model.addEventListener('gpt-error', fail, {signal});
    signal.addEventListener('abort', () => reject(new Error('Stopped.')), {once: true});
    check();
  });
}

/** Removes a model, and what its run has saved in the browser: nobody continues an experiment. */
export async function endExperiment(model: LiveModel): Promise<void> {
  try {
    if (model.status === 'closed' || model.status === 'loading') return;
    await model.stop();
    await model.discard();
  } catch {
    // An engine that is gone, or a browser without storage, has nothing to discard.
  } finally {
    await loadedModels()?.removeModel(model);
  }
}
