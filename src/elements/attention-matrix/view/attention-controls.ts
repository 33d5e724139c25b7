/** The pickers of layer, head and quantity. */
import {html, nothing, type TemplateResult} from 'lit';
import {renderOptions, selected} from '../../../ui/views/options.js';
import type {AttentionData} from '../data/attention-data.js';
import type {HeadChoice} from '../data/choice.js';
import {SNAPSHOT} from '../data/compare.js';
import {hasScores, type Quantity} from './attention-drawing.js';

const VIEWS: Readonly<Record<View, string>> = {matrix: 'matrix', links: 'links'};
const QUANTITIES: Readonly<Record<Quantity, string>> = {
  weights: 'weights, after softmax',
  scores: 'scores, before softmax',
};

export type View = 'matrix' | 'links';

export interface ControlOptions {
  data: AttentionData;
  chosen: HeadChoice;
  show: Quantity;
  view: View;
  compare: string;
  snapshot: AttentionData | undefined;
  /** Undefined for given weights: they do not change. */
  saveSnapshot?: () => void;
  chooseCompare: (compare: string) => void;
  chooseView: (view: View) => void;
  chooseHead: (choice: HeadChoice) => void;
  chooseQuantity: (show: Quantity) => void;
}

const picked = (event: Event): string => (event.target as HTMLSelectElement).value;

export function renderControls({
  data,
  chosen,
  show,
  view,
  compare,
  snapshot,
  saveSnapshot,
  chooseCompare,
  chooseView,
  chooseHead,
  chooseQuantity,
}: ControlOptions): TemplateResult {
  const picker = (name: 'layer' | 'head', count: number) => html`<select
    class=${name}
    dir="ltr"
    @change=${(event: Event) => chooseHead({...chosen, [name]: Number(picked(event))})}
  >
    ${renderOptions(
      Array.from({length: count}, (_, i) => [i, `${i + 1} of ${count}`] as const),
      chosen[name],
    )}
  </select>`;
  return html`<div class="controls">
    <label>Layer ${picker('layer', data.weights.length)}</label>
    <label>Head ${picker('head', data.heads)}</label>
    <details class="more"><summary>More settings</summary><div class="controls">
    <label
      >View
      <select class="view" @change=${(event: Event) => chooseView(picked(event) as View)}>
        ${renderOptions(Object.entries(VIEWS), view === 'links' ? view : 'matrix')}
      </select></label
    >
    ${
      hasScores(data) && !compare
        ? html`<label
            >Show
            <select class="show" @change=${(event: Event) => chooseQuantity(picked(event) as Quantity)}>
              ${renderOptions(Object.entries(QUANTITIES), show === 'scores' ? show : 'weights')}
            </select></label
          >`
        : nothing
    }
    <label
      >Compare with
      <select class="compare" @change=${(event: Event) => chooseCompare(picked(event))}>
        <option value="" .selected=${selected(!compare)}>nothing</option>
        <option value=${SNAPSHOT} .selected=${selected(compare === SNAPSHOT)} ?disabled=${!snapshot}>
          ${snapshot?.step === undefined ? 'snapshot' : `snapshot of step ${snapshot.step}`}
        </option>
        ${renderOptions(
          data.weights.flatMap((_, layer) =>
            Array.from(
              {length: data.heads},
              (_, head) => [`${layer}.${head}`, `layer ${layer + 1}, head ${head + 1}`] as const,
            ),
          ),
          compare,
        )}
      </select></label
    >
    ${
      saveSnapshot
        ? html`<button title="Saves these weights, to see later what training changed" @click=${saveSnapshot}>
            Save snapshot
          </button>`
        : nothing
    }
    </div></details>
  </div>`;
}
