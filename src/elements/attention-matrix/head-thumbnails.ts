/** All heads of all layers as small pictures: what each looks like, and a way to choose one. */
import {html, type TemplateResult} from 'lit';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import type {ColourScale} from '../../viz/colour.js';
import {drawMatrix, poolMax} from '../../viz/matrix.js';
import type {Theme} from '../../viz/theme.js';
import {type AttentionData, headMatrix} from './attention-data.js';
import type {HeadChoice} from './attention-words.js';

const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function renderThumbnails(
  data: AttentionData,
  chosen: HeadChoice,
  size: number,
  choose: (choice: HeadChoice) => void,
): TemplateResult {
  const layers = data.weights.length;
  const heads = Array.from({length: data.heads}, (_, head) => head);
  const move = (event: KeyboardEvent): void => {
    const step = ARROWS[event.key];
    if (!step) return;
    event.preventDefault();
    const layer = Math.min(layers - 1, Math.max(0, chosen.layer + step[0]));
    const head = Math.min(data.heads - 1, Math.max(0, chosen.head + step[1]));
    choose({layer, head});
    const table = (event.currentTarget as HTMLElement).closest('table')!;
    table.querySelector<HTMLElement>(`[data-layer="${layer}"][data-head="${head}"]`)?.focus();
  };
  const thumbnail = (layer: number, head: number): TemplateResult => {
    const isChosen = layer === chosen.layer && head === chosen.head;
    return html`<td>
      <button
        class="thumb"
        data-layer=${layer}
        data-head=${head}
        aria-pressed=${isChosen}
        aria-label="Layer ${layer + 1}, head ${head + 1}"
        tabindex=${isChosen ? 0 : -1}
        @click=${() => choose({layer, head})}
      >
        <canvas style="width: ${size}px; height: ${size}px"></canvas>
      </button>
    </td>`;
  };
  return html`<table part="heads" @keydown=${move}>
    <caption>
      All heads: choose one
    </caption>
    <thead>
      <tr>
        <td></td>
        ${heads.map((head) => html`<th scope="col">${size > 40 ? 'head ' : ''}${head + 1}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${data.weights.map(
        (_, layer) => html`<tr>
          <th scope="row">layer ${layer + 1}</th>
          ${heads.map((head) => thumbnail(layer, head))}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

export function drawThumbnails(
  root: ParentNode,
  data: AttentionData,
  size: number,
  scale: ColourScale,
  theme: Theme,
): void {
  const tokens = data.tokens.length;
  for (const button of root.querySelectorAll<HTMLElement>('.thumb')) {
    const weights = data.weights[Number(button.dataset.layer)];
    if (!weights) continue;
    const values = headMatrix(weights, Number(button.dataset.head), tokens);
    const matrix = poolMax({size: tokens, values, causal: data.causal}, size);
    const surface = new CanvasSurface(button.querySelector('canvas')!, size, size);
    drawMatrix(surface, matrix, theme, {cell: size / matrix.size, scale});
  }
}
