/** The norms of a model one after another, with the size of the numbers before and after each: the reader chooses one. */
import {html, type TemplateResult} from 'lit';
import {decimals, number} from '../../ui/base/format.js';

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
        title=${`GPT-2 calls it ${at}`}
        @click=${() => choose(i)}
      >
        <span class="sizes">${bar('before', before)}${bar('after', after)}</span>
        <span class="place">${name}</span>
      </button>`,
    )}
  </div>`;
}

/** What a reader should see in the sizes: how the stream grows, and what the norms make of it. */
export function sizesInWords(stages: readonly DepthStage[], isLeftOut: boolean): string {
  const [first, last] = [stages[0]!, stages.at(-1)!];
  const growth = number(last.before / first.before, 2);
  if (isLeftOut)
    return `Without norms each part reads the stream as it is, and its numbers get ${growth} times as large on the way.`;
  const after = stages.map((stage) => stage.after);
  const [least, most] = [Math.min(...after), Math.max(...after)];
  return `In the stream the numbers get ${growth} times as large on the way. Each norm divides them until they spread by 1; its learned scale then makes that ${decimals(least, 2)} to ${decimals(most, 2)}.`;
}
