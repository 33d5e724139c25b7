/**
 * Downloads an element's code when its tag first stands in the page:
 * `<script type="module" src="…/cdn/autoloader.js"></script>`, and the tags work.
 */

/** Written out, so that bundlers see every import. */
const LOADERS: Readonly<Record<string, () => Promise<unknown>>> = {
  'attention-dropout': () => import('./elements/attention-dropout/attention-dropout.js'),
  'attention-matrix': () => import('./elements/attention-matrix/attention-matrix.js'),
  'batch-inspector': () => import('./elements/batch-inspector/batch-inspector.js'),
  'bpe-tokenizer': () => import('./elements/bpe-tokenizer/bpe-tokenizer.js'),
  'bpe-trainer': () => import('./elements/bpe-trainer/bpe-trainer.js'),
  'causal-mask': () => import('./elements/causal-mask/causal-mask.js'),
  'corpus-picker': () => import('./elements/corpus-picker/corpus-picker.js'),
  'embedding-map': () => import('./elements/embedding-map/embedding-map.js'),
  'gpt-model': () => import('./elements/gpt-model/gpt-model.js'),
  'gpt-trainer': () => import('./elements/gpt-trainer/gpt-trainer.js'),
  'loss-chart': () => import('./elements/loss-chart/loss-chart.js'),
  'multi-head-attention': () => import('./elements/multi-head-attention/multi-head-attention.js'),
  'position-embedding': () => import('./elements/position-embedding/position-embedding.js'),
  'qkv-attention': () => import('./elements/qkv-attention/qkv-attention.js'),
  'self-attention-steps': () => import('./elements/self-attention-steps/self-attention-steps.js'),
  'sliding-window': () => import('./elements/sliding-window/sliding-window.js'),
  'special-tokens': () => import('./elements/special-tokens/special-tokens.js'),
  'text-generator': () => import('./elements/text-generator/text-generator.js'),
  'token-embedding': () => import('./elements/token-embedding/token-embedding.js'),
  'tokenizer-compare': () => import('./elements/tokenizer-compare/tokenizer-compare.js'),
  'vocabulary-table': () => import('./elements/vocabulary-table/vocabulary-table.js'),
  'why-attention': () => import('./elements/why-attention/why-attention.js'),
};

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

new MutationObserver((mutations) => {
  for (const {addedNodes} of mutations)
    for (const node of addedNodes) if (node instanceof Element) discover(node);
}).observe(document.documentElement, {childList: true, subtree: true});

discover(document);
