/**
 * Loads an element's code shortly before it comes into view, one after another whenever the page is idle: until then the
 * recorded pictures stand. That of `<gpt-model>`, which is invisible, comes first.
 */
import {LOADERS} from '../../../src/loaders.js';

/** Part of a screen's height: that far ahead an element is loaded. */
const AHEAD = '50%';
/** Milliseconds that a page may keep an element waiting by being busy. */
const PATIENCE_MS = 1000;
/** Milliseconds after which the bar comes to a reader who does nothing. */
const BAR_AFTER_MS = 5000;

const idle = (): Promise<unknown> =>
  new Promise((resolve) => {
    // Safari has no idle callbacks.
    if ('requestIdleCallback' in window) requestIdleCallback(resolve, {timeout: PATIENCE_MS});
    else setTimeout(resolve);
  });

let queue: Promise<unknown> = Promise.resolve();

/** Loads an element once those before it are there, so that no two start in one long task. */
export function load(tag: string): void {
  if (customElements.get(tag)) return;
  queue = queue
    .then(idle)
    .then(() => LOADERS[tag]!())
    .catch((error: unknown) => console.error(`<${tag}> could not be loaded.`, error));
}

const near = new IntersectionObserver(
  (entries) => {
    for (const {isIntersecting, target} of entries)
      if (isIntersecting) {
        near.unobserve(target);
        load(target.localName);
      }
  },
  {rootMargin: `${AHEAD} 0px`},
);

if (document.querySelector('gpt-model')) load('gpt-model');
const tags = Object.keys(LOADERS).filter((tag) => tag !== 'gpt-model');
for (const element of document.querySelectorAll(`:is(${tags.join()}):not([bar])`)) near.observe(element);

// The bar stays in view wherever it stands in the page: it waits for the reader's first move.
if (document.querySelector('gpt-trainer[bar]')) {
  const came = new AbortController();
  const loadBar = (): void => {
    came.abort();
    load('gpt-trainer');
  };
  for (const move of ['scroll', 'pointerdown', 'pointermove', 'keydown'])
    addEventListener(move, loadBar, {once: true, passive: true, signal: came.signal});
  addEventListener('load', () => setTimeout(loadBar, BAR_AFTER_MS), {once: true});
}
