/** The norms of a model one after another, with the spread of the numbers before and after each: the reader chooses one. */
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
  const most = Math.max(1, ...stages.flatMap(({before, after}) => [before, after]));
  // The figures above the bars take 1.5em of the height.
  const share = (value: number): string => `calc((100% - 1.5em) * ${value / most})`;
  const bar = (kind: string, value: number): TemplateResult => html`<span class="size ${kind}"
    ><span class="column" .style="height: ${share(value)}"></span
    ><span class="number">${decimals(value, 2)}</span></span
  >`;
  return html`<div class="depth" part="norms" role="group" aria-label="Which norm?">
    ${stages.map(
      ({at, name, before, after}, i) => html`<button
        aria-pressed=${i === chosen}
        title=${`GPT-2 calls it ${at}`}
        @click=${() => choose(i)}
      >
        <span class="sizes"
          >${bar('before', before)}${bar('after', after)}<span class="one" .style="bottom: ${share(1)}"
            >${i ? '' : '1'}</span
          ></span
        >
        <span class="place">${name}</span>
      </button>`,
    )}
  </div>`;
}

/** What a reader should see in the sizes: how the stream grows, and what the norms make of it. */
export function sizesInWords(stages: readonly DepthStage[], isLeftOut: boolean): string {
  const growth = `${number(stages.at(-1)!.before / stages[0]!.before, 2)} times as far`;
  return isLeftOut
    ? `Without norms each part reads the stream as it is, and at the end its numbers spread ${growth} as at the start.`
    : `In the stream the numbers spread ${growth} at the end as at the start. After every norm they spread by 1.`;
}
