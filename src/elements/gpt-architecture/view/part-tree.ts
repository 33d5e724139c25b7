/** The parts of the map for keyboards and screen readers: a tree whose items lie over what is drawn. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Box, MapNode} from '../layout/map-layout.js';
import {pathTo} from '../layout/path-to.js';
import type {PartControls} from './part-controls.js';
import type {Pointing} from './pointing.js';

export interface PartTree {
  nodes: readonly MapNode[];
  /** The item that the Tab key reaches. */
  current: string;
  /** The part that is marked; empty: none. */
  selected: string;
  /** What each part shows, in one sentence. */
  describe: (id: string) => string;
  /** The reader has moved to a part, or clicked it. */
  select: (id: string) => void;
  /** A second click opens or closes a part; Enter opens it, or leads into its numbers. */
  controls: Pick<PartControls, 'isOpen' | 'toggleOpen' | 'enter'>;
  /** The reader zooms in or out around a part, by + and −. */
  zoom: (part: Box, into: boolean) => void;
  /** The reader has pressed Escape or 0 on a part. Returns whether that did something; else Escape leads out of the part. */
  back: (key: string, id: string) => boolean;
  /** The reader has pressed Space on a part. */
  toggle: (id: string) => void;
  pointing: Pointing;
}

export function renderPartTree(tree: PartTree): TemplateResult {
  const {nodes, select, pointing} = tree;
  const idOf = (event: Event): string | undefined =>
    (event.target as Element).closest<HTMLElement>('[data-part]')?.dataset.part;
  return html`<div
    class="tree"
    role="tree"
    aria-label="Parts of the model"
    @click=${(event: Event) => {
      const id = idOf(event);
      if (id === undefined) return;
      if (id === tree.selected) void tree.controls.toggleOpen(id);
      else select(id);
    }}
    @pointerover=${(event: PointerEvent) => pointing.at(event, idOf(event))}
    @pointermove=${(event: PointerEvent) => pointing.at(event, idOf(event))}
    @pointerleave=${() => pointing.leave()}
    @keydown=${(event: KeyboardEvent) => {
      const from = idOf(event) ?? tree.current;
      if ((event.key === 'Escape' || event.key === '0') && tree.back(event.key, from)) {
        event.preventDefault();
        return;
      }
      const to = moved(event, nodes, from);
      if (event.key === ' ') tree.toggle(from);
      else if (/^[+=-]$/.test(event.key) && !event.ctrlKey && !event.metaKey)
        tree.zoom(pathTo(nodes, from).at(-1)!.rect, event.key !== '-');
      else if (event.key === 'Enter' && to === undefined) tree.controls.enter(from);
      else if (to === undefined) return;
      event.preventDefault();
      if (to === undefined) return;
      select(to);
      (event.currentTarget as Element).querySelector<HTMLElement>(`[data-part="${CSS.escape(to)}"]`)?.focus();
    }}
  >
    ${items(tree, nodes, 1)}
  </div>`;
}

function items(tree: PartTree, nodes: readonly MapNode[], level: number): TemplateResult[] {
  return nodes.flatMap((node, index) => [
    html`<div
      role="treeitem"
      data-part=${node.id}
      aria-level=${level}
      aria-posinset=${index + 1}
      aria-setsize=${nodes.length}
      aria-expanded=${node.children.length > 0 ? 'true' : nothing}
      aria-selected=${node.id === tree.selected}
      tabindex=${node.id === tree.current ? 0 : -1}
      aria-label=${`${tree.controls.isOpen(node.id) ? 'Open. ' : ''}${tree.describe(node.id)}`}
      .style=${place(node.rect)}
    ></div>`,
    ...items(tree, node.children, level + 1),
  ]);
}

const place = ({x, y, width, height}: Box): string =>
  `left: ${zoomed(x)}; top: ${zoomed(y)}; width: ${zoomed(width)}; height: ${zoomed(height)}`;

/** Boxes grow, and not the whole tree: in a scaled tree, an outline could not be thinner than one scaled pixel. */
const zoomed = (pixels: number): string => `calc(${pixels}px * var(--_zoom, 1))`;

/** Returns where a key leads: ↑ ↓ among siblings, → or Enter into a part, ← or Escape out of it, Home and End to the ends. */
function moved(
  {key, ctrlKey, altKey, metaKey}: KeyboardEvent,
  nodes: readonly MapNode[],
  id: string,
): string | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  const path = pathTo(nodes, id);
  const [node, parent] = [path.at(-1), path.at(-2)];
  if (!node) return undefined;
  const siblings = parent?.children ?? nodes;
  const index = siblings.indexOf(node);
  switch (key) {
    case 'ArrowDown':
      return siblings[Math.min(siblings.length - 1, index + 1)]!.id;
    case 'ArrowUp':
      return siblings[Math.max(0, index - 1)]!.id;
    case 'ArrowRight':
    case 'Enter':
      return node.children[0]?.id;
    case 'ArrowLeft':
    case 'Escape':
      return parent?.id;
    case 'Home':
      return siblings[0]!.id;
    case 'End':
      return siblings.at(-1)!.id;
    default:
      return undefined;
  }
}
