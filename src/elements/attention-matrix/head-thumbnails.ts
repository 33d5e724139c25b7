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

/** Milliseconds of drawing at a time: 144 heads of a long text take longer than a page may stand still. */
const BUDGET_MS = 8;

/** Draws the small pictures, as many in a frame as the page has time for. */
export class ThumbnailPainter {
  #frame = 0;

  paint(root: ParentNode, data: AttentionData, size: number, scale: ColourScale, theme: Theme): void {
    this.cancel();
    const draw = (button: HTMLElement): void => {
      const weights = data.weights[Number(button.dataset.layer)];
      if (!weights) return;
      const tokens = data.tokens.length;
      const values = headMatrix(weights, Number(button.dataset.head), tokens);
      const matrix = poolMax({size: tokens, values, causal: data.causal}, size);
      const surface = new CanvasSurface(button.querySelector('canvas')!, size, size);
      drawMatrix(surface, matrix, theme, {cell: size / matrix.size, scale});
    };
    // The large matrix has taken its share of this frame.
    const buttons = [...root.querySelectorAll<HTMLElement>('.thumb')];
    this.#frame = requestAnimationFrame(() => this.#continue(buttons, draw));
  }

  cancel(): void {
    cancelAnimationFrame(this.#frame);
  }

  #continue(buttons: HTMLElement[], draw: (button: HTMLElement) => void): void {
    const started = performance.now();
    while (buttons.length && performance.now() - started < BUDGET_MS) draw(buttons.shift()!);
    if (buttons.length) this.#frame = requestAnimationFrame(() => this.#continue(buttons, draw));
  }
}
