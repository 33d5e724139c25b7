import {html, nothing, type TemplateResult} from 'lit';

export interface WindowSettings {
  contextLength: number;
  stride: number;
  shuffle: boolean;
  seed: number;
}

export interface ControlsView extends WindowSettings {
  /** How the page's model is trained. */
  asModel?: Pick<WindowSettings, 'contextLength' | 'stride'>;
  change(change: Partial<WindowSettings>): void;
}

/** A slider reaches so far, where the value lies not beyond. */
const REACH = 64;

/** How the text is cut, and in which order the windows come. */
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
        max=${Math.max(REACH, value)}
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
        .value=${`${seed}`}
        @change=${(event: Event) => change({seed: Math.max(0, Math.round((event.target as HTMLInputElement).valueAsNumber) || 0)})}
    /></label>
    ${
      asModel
        ? html`<button class="model" ?disabled=${isAsModel} @click=${() => change(asModel)}>
            As the model is trained: ${asModel.contextLength}, stride ${asModel.stride}
          </button>`
        : nothing
    }
  </div>`;
}
