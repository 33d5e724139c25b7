/** Loads an element's code shortly before it comes into view; that of `<gpt-model>`, which is invisible, at once. */
import {LOADERS} from '../../../src/loaders.js';

/** Part of a screen's height: that far ahead an element is loaded. */
const AHEAD = '50%';

const load = (tag: string): void => {
  if (customElements.get(tag)) return;
  LOADERS[tag]!().catch((error: unknown) => console.error(`<${tag}> could not be loaded.`, error));
};

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
/** Milliseconds after the page has loaded: what is on the first screen, and the engine, come before the bar. */
const BAR_AFTER_MS = 2000;

// The bar stays in view wherever it stands in the page.
if (document.querySelector('gpt-trainer[bar]')) {
  const loadBar = () => setTimeout(() => load('gpt-trainer'), BAR_AFTER_MS);
  if (document.readyState === 'complete') loadBar();
  else addEventListener('load', loadBar, {once: true});
}
const tags = Object.keys(LOADERS).filter((tag) => tag !== 'gpt-model');
for (const element of document.querySelectorAll(tags.join())) near.observe(element);
