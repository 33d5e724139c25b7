import type {LiveModel} from '../../state/live-model.js';

/** What a `<gpt-model>` offers to the elements that follow it. */
export interface ModelProvider extends HTMLElement {
  readonly live: LiveModel;
}

const TAG = 'gpt-model';

/** The parent in the flat tree: through slots and out of shadow roots. */
function parentOf(node: Element): Element | null {
  if (node.assignedSlot) return node.assignedSlot;
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

function ancestorModel(element: Element): Element | null {
  for (let node = parentOf(element); node; node = parentOf(node)) if (node.localName === TAG) return node;
  return null;
}

/** What a look at the page gives; neither: the page is still being read, or `<gpt-model>` is not defined yet. */
export interface FoundModel {
  model?: LiveModel;
  /** Why there is no model, for the reader. */
  problem?: string;
  /** It is the page's default model, which is made when it is needed. */
  isDefault?: boolean;
}

type Root = Document | ShadowRoot;

/** Who wants to look again when elements or ids change, for each root in which somebody does. */
const followers = new WeakMap<Root, Set<() => void>>();

/** Calls `look` whenever an element comes, goes or changes its id in a root. One observer serves all followers. */
function watchIds(root: Root, look: () => void): () => void {
  let looks = followers.get(root);
  if (!looks) {
    const all = new Set<() => void>();
    looks = all;
    followers.set(root, all);
    const observer = new MutationObserver(() => {
      for (const one of [...all]) one();
      if (all.size > 0) return;
      observer.disconnect();
      followers.delete(root);
    });
    observer.observe(root, {subtree: true, childList: true, attributeFilter: ['id']});
  }
  looks.add(look);
  return () => void looks.delete(look);
}

/** A `<gpt-model>` that calls itself the page's default. */
function defaultIn(root: Root): Element | null {
  const named = root.getElementById('default');
  return named?.localName === TAG ? named : null;
}

function lookUp(element: HTMLElement, name: string, root: Root): FoundModel {
  const provider = name ? root.getElementById(name) : (ancestorModel(element) ?? defaultIn(root));
  if (!provider && !name) return {isDefault: true};
  // While a page is being parsed, the <gpt-model> may stand further down.
  if (!provider && document.readyState === 'loading') return {};
  if (provider?.localName !== TAG)
    return {
      problem: `for="${name}" names no <gpt-model> on this page. Give one the id “${name}”, or leave “for” out.`,
    };
  if (!customElements.get(TAG)) return {};
  customElements.upgrade(provider);
  return {model: (provider as ModelProvider).live};
}

/**
 * Finds the model that an element shows, and keeps following it: the `<gpt-model>` with the id `name`, else the nearest
 * ancestor `<gpt-model>`, else the page's default model. Elements may come late, go, be replaced, or exchange their ids.
 * @param onFound Called with what was found, in a microtask at first, then whenever it changes.
 * @returns a function that ends it; to be called when the element leaves its root
 */
export function followModel(
  element: HTMLElement,
  name: string,
  onFound: (found: FoundModel) => void,
): () => void {
  const root = element.getRootNode() as Root;
  let ended = false;
  let last: FoundModel | undefined;
  const look = () => {
    if (ended) return;
    const found = lookUp(element, name, root);
    const isSame = (key: keyof FoundModel) => found[key] === last?.[key];
    if (last && isSame('model') && isSame('problem') && isSame('isDefault')) return;
    last = found;
    onFound(found);
  };
  const unwatch = watchIds(root, look);
  queueMicrotask(look);
  if (!customElements.get(TAG)) void customElements.whenDefined(TAG).then(look);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', look, {once: true});
  return () => {
    ended = true;
    unwatch();
  };
}
