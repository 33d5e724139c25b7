/** All heads of all layers as small pictures: what each looks like, and a way to choose one. */
import {html, type TemplateResult} from 'lit';
import type {AttentionData} from './attention-data.js';
import type {HeadChoice} from './choice.js';
import type {HeadScores} from './head-scores.js';
import {habitOf} from './head-words.js';

/** From these sizes on, a habit's name fits below a picture, and its score beside it. */
const ROOM_FOR_NAME = 60;
const ROOM_FOR_SCORE = 80;

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
  scores: HeadScores,
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
    const habit = habitOf(scores.lastPattern(data, {layer, head}));
    return html`<td>
      <button
        class="thumb"
        data-layer=${layer}
        data-head=${head}
        aria-pressed=${isChosen}
        aria-label="Layer ${layer + 1}, head ${head + 1}${habit.long && `: ${habit.long}`}"
        title=${habit.long}
        tabindex=${isChosen ? 0 : -1}
        @click=${() => choose({layer, head})}
      >
        <canvas .style="width: ${size}px; height: ${size}px"></canvas>
      </button>
      ${size >= ROOM_FOR_NAME ? html`<span class="habit" aria-hidden="true">${size >= ROOM_FOR_SCORE ? habit.short : habit.name}</span>` : ''}
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
