import {html, type TemplateResult} from 'lit';
import {fieldValue} from '../../ui/views/field-value.js';

interface Numbers {
  maxNewTokens: number;
  seed: number;
}

export interface NumbersView extends Numbers {
  change(change: Partial<Numbers>): void;
  /** Takes another seed, and writes. */
  reroll(): void;
}

/** The fields for how much is written and from which seed. */
export function renderNumbers({maxNewTokens, seed, change, reroll}: NumbersView): TemplateResult {
  const numberOf = (event: Event) => (event.target as HTMLInputElement).valueAsNumber;
  return html`<div class="numbers">
    <label
      >Length
      <input
        type="number"
        class="number length"
        min="1"
        max="2000"
        .value=${fieldValue(maxNewTokens)}
        @change=${(event: Event) => change({maxNewTokens: Math.max(1, Math.round(numberOf(event)) || maxNewTokens)})}
      />
      tokens</label
    >
    <span class="seed"
      ><label
        >Seed
        <input
          type="number"
          class="number"
          min="0"
          step="1"
          .value=${fieldValue(seed)}
          @change=${(event: Event) => change({seed: Math.max(0, Math.round(numberOf(event)) || 0)})}
      /></label>
      <button @click=${reroll}>Another</button></span
    >
  </div>`;
}
