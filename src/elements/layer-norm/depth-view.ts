/** The norms of a model one after another, with the size of the numbers before and after each: the reader chooses one. */
import {html, type TemplateResult} from 'lit';
import {decimals} from '../../ui/base/format.js';

export interface DepthStage {
  at: string;
  name: string;
  before: number;
  after: number;
}

export function renderDepth(
  stages: readonly DepthStage[],
  chosen: number,
  choose: (index: number) => void,
): TemplateResult {
  const most = Math.max(...stages.flatMap(({before, after}) => [before, after]));
  const bar = (kind: string, value: number): TemplateResult => html`<span class="size ${kind}"
    ><span class="column" .style="height: ${Math.max(2, (value / most) * 100)}%"></span
    ><span class="number">${decimals(value, 2)}</span></span
  >`;
  return html`<div class="depth" part="norms" role="group" aria-label="Which norm?">
    ${stages.map(
      ({at, name, before, after}, i) => html`<button
        aria-pressed=${i === chosen}
        @click=${() => choose(i)}
      >
        <span class="sizes">${bar('before', before)}${bar('after', after)}</span>
        <code>${at}</code>
        <span class="place">${name}</span>
      </button>`,
    )}
  </div>`;
}
