import {html, nothing, type TemplateResult} from 'lit';
import {fieldValue} from '../../ui/views/field-value.js';

export interface WindowSettings {
  contextLength: number;
  stride: number;
  shuffle: boolean;
  seed: number;
}

export interface ControlsView extends WindowSettings {
  /** The settings of the model's training. */
  asModel?: Pick<WindowSettings, 'contextLength' | 'stride'>;
  change(change: Partial<WindowSettings>): void;
}

/** The maximum of a slider, unless the value is larger. */
const SLIDER_MAX = 64;

/** How windows are made from the text, and in which order they come. */
export function renderControls({
  contextLength,
  stride,
  shuffle,
  seed,
  asModel,
  change,
}: ControlsView): TemplateResult {
  const slider = (name: 'contextLength' | 'stride', label: string, value: number) =>
    html`<label
      >${label}
      <input
        type="range"
        id=${name}
        min="1"
        max=${Math.max(SLIDER_MAX, value)}
        .value=${`${value}`}
        @input=${(event: Event) => change({[name]: (event.target as HTMLInputElement).valueAsNumber})}
      />
      <output>${value}</output></label
    >`;
  const isAsModel = asModel?.contextLength === contextLength && asModel.stride === stride;
  return html`<div class="controls" part="controls">
    ${slider('contextLength', 'Context length', contextLength)} ${slider('stride', 'Stride', stride)}
    <label
      ><input
        type="checkbox"
        id="shuffle"
        .checked=${shuffle}
        @change=${(event: Event) => change({shuffle: (event.target as HTMLInputElement).checked})}
      />Shuffled</label
    >
    <label
      >Seed
      <input
        type="number"
        id="seed"
        class="number"
        min="0"
        step="1"
        ?disabled=${!shuffle}
        .value=${fieldValue(seed)}
        @change=${(event: Event) => change({seed: Math.max(0, Math.round((event.target as HTMLInputElement).valueAsNumber) || 0)})}
    /></label>
    ${
      asModel
        ? html`<button class="model" ?disabled=${isAsModel} @click=${() => change(asModel)}>
            Use the model’s settings: ${asModel.contextLength}, stride ${asModel.stride}
          </button>`
        : nothing
    }
  </div>`;
}
