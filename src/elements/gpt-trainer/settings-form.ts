import {html, type ReactiveController, type ReactiveControllerHost, type TemplateResult} from 'lit';
import type {LiveModel, TrainingOptions} from '../../state/index.js';
import {whole} from '../../ui/base/whole.js';
import {fieldValue} from '../../ui/views/field-value.js';
import {allowed, fromSlider, SETTINGS, type Setting, settingsInForce, toSlider} from './settings.js';

export interface SettingsHost extends ReactiveControllerHost {
  /** What the page's author and the reader have set so far. */
  readonly requestedOptions: Partial<TrainingOptions>;
  /** Takes a setting: at once where a run is under way, else when the next one starts. */
  setOption(change: Partial<TrainingOptions>): void;
}

/** The fields for a run's settings: every one applies from the next step on. */
export class SettingsForm implements ReactiveController {
  /** The last change, in words. */
  #said = '';
  readonly #host: SettingsHost;

  constructor(host: SettingsHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  render(model: LiveModel | undefined): TemplateResult {
    const values = settingsInForce(model, this.#host.requestedOptions);
    return html`
      <div class="settings">${SETTINGS.map((setting) => this.#renderSetting(setting, values[setting.name], model))}</div>
      <p class="hint said" role="status">
        ${this.#said || (isRunning(model) ? 'The run is under way: a change applies from its next step on.' : 'These apply when training starts, and can be changed while it runs.')}
      </p>
    `;
  }

  #renderSetting(setting: Setting, value: number, model: LiveModel | undefined): TemplateResult {
    const {name, label, hint, slider, format = String} = setting;
    return html`<div class="setting">
      <label for=${name}>${label}</label>
      ${
        slider
          ? html`<span class="slider"
              ><input
                type="range"
                id=${name}
                min=${toSlider(setting, setting.min)}
                max=${toSlider(setting, setting.max)}
                step=${setting.step}
                aria-describedby="${name}-hint"
                aria-valuetext=${format(value)}
                .value=${`${toSlider(setting, value)}`}
                @input=${(event: InputEvent) => this.#change(setting, fromSlider(setting, numberIn(event)), model)} /><output
                for=${name}
                >${format(value)}</output
              ></span
            >`
          : html`<input
              type="number"
              id=${name}
              class="number"
              min=${setting.min}
              max=${setting.max}
              step=${setting.step}
              aria-describedby="${name}-hint"
              .value=${fieldValue(value)}
              @change=${(event: Event) => this.#change(setting, numberIn(event), model)}
            />`
      }
      <span class="hint" id="${name}-hint">${hint}</span>
    </div>`;
  }

  #change(setting: Setting, value: number, model: LiveModel | undefined): void {
    const {label, min, max, name, step, format = step === 1 ? whole : String} = setting;
    if (!allowed(setting, value)) {
      this.#said = `${label} can be ${step === 1 ? 'a whole number ' : ''}from ${min} to ${whole(max)}; it stays as it was.`;
      this.#host.requestUpdate();
      return;
    }
    const from = isRunning(model) ? `from step ${whole(model!.step + 1)} on` : 'when training starts';
    this.#said = `${label} ${format(value)} applies ${from}.`;
    this.#host.setOption({[name]: value});
  }
}

const isRunning = (model: LiveModel | undefined): boolean =>
  model?.status === 'training' || model?.status === 'paused';

const numberIn = (event: Event): number => (event.target as HTMLInputElement).valueAsNumber;
