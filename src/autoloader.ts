/**
 * Downloads an element's code when its tag first stands in the page:
 * `<script type="module" src="…/cdn/autoloader.js"></script>`, and the tags work.
 */

import {LOADERS} from './loaders.js';

/** Gives TypeScript the tags and events of every element; nothing is imported when the page runs. */
export type {} from './all.js';

export const TAGS: readonly string[] = Object.keys(LOADERS);

const asked = new Set<string>();

function load(tag: string): void {
  const loader = LOADERS[tag];
  if (!loader || asked.has(tag) || customElements.get(tag)) return;
  asked.add(tag);
  loader().catch((error: unknown) => {
    asked.delete(tag); // the next such element tries again
    console.error(
      `<${tag}> could not be loaded. Is the folder of gpt-elements’ files complete and reachable?`,
      error,
    );
  });
}

const SELECTOR = TAGS.map((tag) => `${tag}:not(:defined)`).join();

/**
 * Loads what `root` holds: an element, or a shadow root that the autoloader cannot see by itself.
 * The document is watched already.
 */
export function discover(root: Element | ShadowRoot | Document): void {
  if (root instanceof Element) load(root.localName);
  for (const {localName} of root.querySelectorAll(SELECTOR)) load(localName);
}

function watch(page: Document): void {
  new MutationObserver((mutations) => {
    for (const {addedNodes} of mutations)
      for (const node of addedNodes) if (node instanceof Element) discover(node);
  }).observe(page.documentElement, {childList: true, subtree: true});
  discover(page);
}

// A server that renders the page imports this file too; there is no document to watch there.
if (typeof document !== 'undefined') watch(document);
