import {html, type TemplateResult} from 'lit';
import {tokenLabel} from '../../tokenizers/token-label.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {visibleToken} from '../../ui/base/format.js';
import {sideways} from '../../ui/base/sideways.js';
import type {PredictionTask} from './window-tasks.js';

export interface TablesView {
  input: Int32Array;
  target: Int32Array;
  tokenizer: Tokenizer;
  tasks: readonly PredictionTask[];
  /** The highlighted position. */
  highlighted?: number;
  point(position: number | undefined): void;
}

/** Characters of the context on show; of a longer one, the end. */
const CONTEXT_SHOWN = 56;

const positionOf = (event: Event): number | undefined => {
  const cell = (event.target as Element).closest<HTMLElement>('[data-position]');
  return cell ? Number(cell.dataset.position) : undefined;
};

/** Input and target, aligned: the target is the input shifted by one token. */
export function renderAligned({input, target, tokenizer, highlighted, point}: TablesView): TemplateResult {
  const row = (name: string, ids: Int32Array) =>
    html`<tr class=${name.toLowerCase()}>
      <th scope="row">${name}</th>
      ${Array.from(
        ids,
        (id, position) =>
          html`<td class=${position === highlighted ? 'highlighted' : ''} data-position=${position}>
            <span class="token">${visibleToken(tokenLabel(tokenizer, id))}</span><span class="id">${id}</span>
          </td>`,
      )}
    </tr>`;
  return html`<div
    ${sideways()}
    class="aligned"
    part="aligned"
    tabindex="0"
    role="region"
    aria-label="Input and target, position by position"
    @pointerover=${(event: Event) => point(positionOf(event))}
    @pointerleave=${() => point(undefined)}
    @click=${(event: Event) => point(positionOf(event))}
  >
    <table>
      <thead>
        <tr>
          <th scope="row">Position</th>
          ${Array.from(input, (_, position) => html`<th scope="col" class=${position === highlighted ? 'highlighted' : ''} data-position=${position}>${position}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${row('Input', input)} ${row('Target', target)}
      </tbody>
    </table>
  </div>`;
}

/** The prediction task of every position. */
export function renderTasks({tasks, highlighted, point}: TablesView): TemplateResult {
  const shown = (context: string): string =>
    visibleToken(context.length > CONTEXT_SHOWN ? `…${context.slice(-CONTEXT_SHOWN)}` : context);
  return html`<ol
    class="tasks"
    part="tasks"
    tabindex="0"
    start="0"
    aria-label="One prediction task for each position"
    @pointerover=${(event: Event) => point(positionOf(event))}
    @pointerleave=${() => point(undefined)}
    @click=${(event: Event) => point(positionOf(event))}
  >
    ${tasks.map(
      ({position, context, target}) =>
        html`<li class=${position === highlighted ? 'highlighted' : ''} data-position=${position} value=${position}>
          <code class="context"><bdi>${shown(context)}</bdi></code> <span class="arrow" role="img" aria-label="is followed by">→</span>
          <code class="target">${target}</code>
        </li>`,
    )}
  </ol>`;
}
