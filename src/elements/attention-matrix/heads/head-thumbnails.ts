/** All heads of all layers as small pictures, of which the reader chooses one. */
import {html, type TemplateResult} from 'lit';
import {arrowStep} from '../../../ui/base/stepping.js';
import type {AttentionData} from '../data/attention-data.js';
import type {HeadChoice} from '../data/choice.js';
import type {HeadScores} from './head-scores.js';
import {patternLabel} from './head-words.js';

/** Sizes from which a pattern's short name fits below a picture, and its whole name. */
const ROOM_FOR_SHORT = 60;
const ROOM_FOR_TITLE = 80;

export function renderThumbnails(
  data: AttentionData,
  chosen: HeadChoice,
  size: number,
  scores: HeadScores,
  choose: (choice: HeadChoice) => void,
): TemplateResult {
  const layers = data.weights.length;
  const heads = Array.from({length: data.heads}, (_, head) => head);
  const move = (event: KeyboardEvent): void => {
    const step = arrowStep(event);
    if (!step) return;
    const layer = Math.min(layers - 1, Math.max(0, chosen.layer + step[0]));
    const head = Math.min(data.heads - 1, Math.max(0, chosen.head + step[1]));
    choose({layer, head});
    const table = (event.currentTarget as HTMLElement).closest('table')!;
    table.querySelector<HTMLElement>(`[data-layer="${layer}"][data-head="${head}"]`)?.focus();
  };
  const thumbnail = (layer: number, head: number): TemplateResult => {
    const isChosen = layer === chosen.layer && head === chosen.head;
    const pattern = patternLabel(scores.lastPattern(data, {layer, head}));
    return html`<td>
      <button
        class="thumb"
        data-layer=${layer}
        data-head=${head}
        aria-pressed=${isChosen}
        aria-label="Layer ${layer + 1}, head ${head + 1}${pattern.long && `: ${pattern.long}`}"
        title=${pattern.long}
        tabindex=${isChosen ? 0 : -1}
        @click=${() => choose({layer, head})}
      >
        <canvas .style="width: ${size}px; height: ${size}px"></canvas>
      </button>
      ${size >= ROOM_FOR_SHORT ? html`<span class="pattern" aria-hidden="true">${size >= ROOM_FOR_TITLE ? pattern.title : pattern.short}</span>` : ''}
    </td>`;
  };
  return html`<table part="heads" @keydown=${move}>
    <caption>
      All heads
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
