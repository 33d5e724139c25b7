import {html, type TemplateResult} from 'lit';
import type {ArchitectureData} from '../data/architecture-data.js';
import {partTitle} from '../data/part-title.js';
import type {MapNode} from '../layout/map-layout.js';
import {pathTo} from '../layout/path-to.js';

/** A step of the path. */
export interface Crumb {
  name: string;
  go: () => void;
}

export interface PathView {
  nodes: readonly MapNode[];
  selected: string;
  /** Steps into the selected part: a tensor, and a number of it. */
  inside: readonly Crumb[];
  data: ArchitectureData;
  chosen: number;
  isZoomed: boolean;
  select: (part: string) => void;
  /** Back to the whole model. */
  leave: () => void;
}

/** From the model to the selected part, its tensor and its number on show; each step leads back. */
export function renderPath({
  nodes,
  selected,
  inside,
  data,
  chosen,
  isZoomed,
  select,
  leave,
}: PathView): TemplateResult {
  const steps: Crumb[] = [
    {name: 'Model', go: leave},
    ...pathTo(nodes, selected).map(({id}) => ({name: partTitle(id, data, chosen), go: () => select(id)})),
    ...inside,
  ];
  return html`<nav class="path ${selected || isZoomed ? '' : 'idle'}" part="path" aria-label="Selected part">
    ${steps.map(
      ({name, go}, i) => html`${i ? html` <span aria-hidden="true">›</span>` : ''}
        <button class="link" aria-current=${i > 0 && i === steps.length - 1} @click=${go}>${name}</button>`,
    )}
  </nav>`;
}
