import type {LiveModel} from '../../state/live-model.js';

/** Milliseconds after which a page that is never idle starts its engine all the same. */
const PATIENCE_MS = 2000;

const idle = (start: () => void): void => {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(start, {timeout: PATIENCE_MS});
  else setTimeout(start);
};

/** Models that will be opened. */
const waiting = new WeakSet<LiveModel>();

/** Whether the reader pays for data, or wants to use little of it. */
const savesData = (): boolean =>
  (navigator as {connection?: {saveData?: boolean}}).connection?.saveData === true;

/**
 * Opens a model whose answers come from a record so far, once the page has loaded and has nothing else to do. Where the
 * reader saves data, and where the page asks for a model on demand, it stays closed until something is asked that was not recorded.
 */
export function startWhenIdle(model: LiveModel): void {
  if (!model.isRecorded || model.onDemand || waiting.has(model) || savesData()) return;
  waiting.add(model);
  // What goes wrong is said by the model's own events, and by the next question.
  const start = () =>
    idle(() => {
      waiting.delete(model);
      if (model.isRecorded) model.start().catch(() => {});
    });
  if (document.readyState === 'complete') start();
  else window.addEventListener('load', start, {once: true});
}
