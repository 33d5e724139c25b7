/** The pickers of layer, head and quantity. */
import {html, nothing, type TemplateResult} from 'lit';
import type {AttentionData} from '../data/attention-data.js';
import type {HeadChoice} from '../data/choice.js';
import {SNAPSHOT} from '../data/compare.js';
import {hasScores, type Quantity} from './attention-drawing.js';

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
    .value=${`${chosen[name]}`}
    @change=${(event: Event) => chooseHead({...chosen, [name]: Number(picked(event))})}
  >
    ${Array.from(
      {length: count},
      (_, i) => html`<option value=${i} ?selected=${i === chosen[name]}>${i + 1} of ${count}</option>`,
    )}
  </select>`;
  return html`<div class="controls">
    <label>Layer ${picker('layer', data.weights.length)}</label>
    <label>Head ${picker('head', data.heads)}</label>
    <details class="more"><summary>More settings</summary><div class="controls">
    <label
      >View
      <select class="view" .value=${view} @change=${(event: Event) => chooseView(picked(event) as View)}>
        <option value="matrix" ?selected=${view !== 'links'}>matrix</option>
        <option value="links" ?selected=${view === 'links'}>links</option>
      </select></label
    >
    ${
      hasScores(data) && !compare
        ? html`<label
            >Show
            <select class="show" .value=${show} @change=${(event: Event) => chooseQuantity(picked(event) as Quantity)}>
              <option value="weights" ?selected=${show !== 'scores'}>weights, after softmax</option>
              <option value="scores" ?selected=${show === 'scores'}>scores, before softmax</option>
            </select></label
          >`
        : nothing
    }
    <label
      >Compare with
      <select class="compare" .value=${compare} @change=${(event: Event) => chooseCompare(picked(event))}>
        <option value="" ?selected=${!compare}>nothing</option>
        <option value=${SNAPSHOT} ?selected=${compare === SNAPSHOT} ?disabled=${!snapshot}>
          ${snapshot?.step === undefined ? 'snapshot' : `snapshot of step ${snapshot.step}`}
        </option>
        ${data.weights.flatMap((_, layer) =>
          Array.from({length: data.heads}, (_, head) => {
            const other = `${layer}.${head}`;
            return html`<option value=${other} ?selected=${compare === other}>layer ${layer + 1}, head ${head + 1}</option>`;
          }),
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
