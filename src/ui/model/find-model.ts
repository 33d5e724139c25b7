import type {LiveModel} from '../../state/live-model.js';
import {defaultModel} from '../../state/registry.js';

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

/**
 * The model that an element shows: the `<gpt-model>` with the id `name`, else the nearest ancestor `<gpt-model>`,
 * else the page's default model. Waits until the `<gpt-model>` is defined.
 * @throws {Error} where `name` is given and no `<gpt-model>` has that id.
 */
export async function findModel(element: HTMLElement, name = ''): Promise<LiveModel> {
  const root = element.getRootNode() as Document | ShadowRoot;
  // While a page is being parsed, the <gpt-model> may stand further down.
  if (name && !root.getElementById(name) && document.readyState === 'loading')
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, {once: true}));
  const provider = name ? root.getElementById(name) : ancestorModel(element);
  if (name && provider?.localName !== TAG)
    throw new Error(
      `for="${name}" names no <gpt-model> on this page. Give one the id “${name}”, or leave “for” out.`,
    );
  if (!provider) return defaultModel();
  await customElements.whenDefined(TAG);
  customElements.upgrade(provider);
  return (provider as ModelProvider).live;
}
