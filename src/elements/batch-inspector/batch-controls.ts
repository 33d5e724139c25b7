import {html, nothing, type TemplateResult} from 'lit';
import {fieldValue} from '../../ui/views/field-value.js';
import {renderOptions} from '../../ui/views/options.js';
import type {RowKind} from './batch-source.js';

export interface BatchSettings {
  rows: RowKind;
  batchSize: number;
  withIds: boolean;
  answersOnly: boolean;
}

export interface ControlsView extends BatchSettings {
  /** The step on show. */
  step: number;
  /** Whether it follows the training. */
  following: boolean;
  /** Whether rows have questions that can be masked. */
  hasAnswers: boolean;
  /** Shows the batch of a step; `undefined` follows the training. */
  go(step: number | undefined): void;
  change(change: Partial<BatchSettings>): void;
}

const ROWS: Readonly<Record<RowKind, string>> = {windows: 'windows, as in training', lines: 'lines, padded'};

const numberOf = (event: Event): number => (event.target as HTMLInputElement).valueAsNumber;
const isChecked = (event: Event): boolean => (event.target as HTMLInputElement).checked;

/** Which batch is shown, and how. */
export function renderControls(view: ControlsView): TemplateResult {
  const {step, following, rows, batchSize, withIds, answersOnly, hasAnswers, go, change} = view;
  return html`<div class="controls" part="controls">
    <span class="step">
      <label
        >Step
        <input
          type="number"
          id="step"
          class="number"
          min="1"
          step="1"
          .value=${fieldValue(step)}
          @change=${(event: Event) => go(Math.max(1, Math.round(numberOf(event)) || step))}
      /></label>
      <button class="back" aria-label="Previous step" aria-disabled=${step <= 1} @click=${() => go(Math.max(1, step - 1))}>‹</button>
      <button class="on" aria-label="Next step" @click=${() => go(step + 1)}>›</button>
      <label
        ><input
          type="checkbox"
          id="follow"
          .checked=${following}
          @change=${(event: Event) => go(isChecked(event) ? undefined : step)}
        />Follow training</label
      >
    </span>
    <label
      >Rows
      <select id="rows" @change=${(event: Event) => change({rows: (event.target as HTMLSelectElement).value as RowKind})}>
        ${renderOptions(Object.entries(ROWS), rows)}
      </select></label
    >
    <label
      >Batch size
      <input
        type="number"
        id="batch-size"
        class="number"
        min="1"
        max="64"
        .value=${fieldValue(batchSize)}
        @change=${(event: Event) => change({batchSize: Math.min(64, Math.max(1, Math.round(numberOf(event)) || batchSize))})}
    /></label>
    <label
      ><input type="checkbox" id="ids" .checked=${withIds} @change=${(event: Event) => change({withIds: isChecked(event)})} />Ids</label
    >
    ${
      hasAnswers
        ? html`<label
            ><input
              type="checkbox"
              id="answers"
              .checked=${answersOnly}
              @change=${(event: Event) => change({answersOnly: isChecked(event)})}
            />Train on answers only</label
          >`
        : nothing
    }
  </div>`;
}
