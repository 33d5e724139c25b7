import {html, type TemplateResult} from 'lit';
import type {ArchitectureData} from '../data/architecture-data.js';
import {partTitle} from '../data/part-title.js';
import type {MapNode} from '../layout/map-layout.js';
import {pathTo} from './part-tree.js';

export interface PathView {
  nodes: readonly MapNode[];
  selected: string;
  data: ArchitectureData;
  chosen: number;
  isZoomed: boolean;
  select: (part: string) => void;
  /** Back to the whole model. */
  leave: () => void;
}

/** From the model to the selected part; each step of it can be selected. */
export function renderPath({
  nodes,
  selected,
  data,
  chosen,
  isZoomed,
  select,
  leave,
}: PathView): TemplateResult {
  return html`<nav class="path ${selected || isZoomed ? '' : 'idle'}" part="path" aria-label="Selected part">
    <button class="link" @click=${leave}>Model</button>
    ${pathTo(nodes, selected).map(
      ({id}) => html`<span aria-hidden="true">›</span>
        <button class="link" aria-current=${id === selected} @click=${() => select(id)}>
          ${partTitle(id, data, chosen)}
        </button>`,
    )}
  </nav>`;
}
