/** The pickers of layer, head and quantity. */
import {html, nothing, type TemplateResult} from 'lit';
import type {AttentionData} from './attention-data.js';
import {hasScores, type Quantity} from './attention-drawing.js';
import type {HeadChoice} from './choice.js';
import {BEFORE, type Remembered} from './compare.js';

export type View = 'matrix' | 'links';

export interface ControlOptions {
  data: AttentionData;
  chosen: HeadChoice;
  show: Quantity;
  view: View;
  compare: string;
  remembered: Remembered | undefined;
  /** Absent where weights are given: they do not change. */
  remember?: () => void;
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
  remembered,
  remember,
  chooseCompare,
  chooseView,
  chooseHead,
  chooseQuantity,
}: ControlOptions): TemplateResult {
  const picker = (name: 'layer' | 'head', count: number) => html`<select
    class=${name}
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
    <label
      >As
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
        <option value=${BEFORE} ?selected=${compare === BEFORE} ?disabled=${!remembered}>
          ${remembered ? `these, ${remembered.step === undefined ? 'before' : `at step ${remembered.step}`}` : 'these, before'}
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
      remember
        ? html`<button class="remember" title="Keeps these weights, to see later what training changed" @click=${remember}>
            Remember now
          </button>`
        : nothing
    }
  </div>`;
}
