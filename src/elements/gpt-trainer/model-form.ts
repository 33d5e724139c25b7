import {html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult} from 'lit';
import {
  countParameters,
  DEFAULT_PRESET,
  estimateMemory,
  type GPTConfig,
  type LiveModel,
  type ModelFacts,
  type ModelSpec,
  normalizeConfig,
  PRESETS,
  type PresetName,
} from '../../state/index.js';
import {bytes, count} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';
import {fieldValue} from '../../ui/views/field-value.js';
import {renderOptions} from '../../ui/views/options.js';

export interface ModelHost extends ReactiveControllerHost {
  /** Makes another model: the steps done so far do not count for it. */
  restartWith(spec: ModelSpec): void;
}

/** What the model is made of. Holds what is being chosen until the reader applies it: that needs a fresh start. */
export class ModelForm implements ReactiveController {
  #preset?: PresetName;
  #seed?: number;
  readonly #host: ModelHost;

  constructor(host: ModelHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  render(model: LiveModel | undefined, batchSize: number): TemplateResult {
    const spec = this.#wanted(model);
    const seed = spec?.seed ?? model?.facts?.seed ?? 0;
    const preset = spec?.preset ?? DEFAULT_PRESET;
    return html`
      <div class="settings">
        <div class="setting">
          <label for="preset">Size</label>
          <select id="preset" aria-describedby="preset-hint" @change=${this.#choosePreset}>
            ${renderOptions(
              (Object.keys(PRESETS) as PresetName[]).map((name) => [
                name,
                `${PRESETS[name].label} · ${count(this.#parametersOf(name, model))} parameters`,
              ]),
              preset,
            )}
          </select>
          <span class="hint" id="preset-hint">${spec ? shape(plannedConfig(spec, model), batchSize, model?.facts) : nothing}</span>
        </div>
        <div class="setting">
          <label for="seed">Seed</label>
          <input
            type="number"
            id="seed"
            class="number"
            min="0"
            step="1"
            aria-describedby="seed-hint"
            .value=${fieldValue(seed)}
            @change=${this.#chooseSeed}
          />
          <span class="hint" id="seed-hint">Fixes the first weights and the order of the text: the same seed gives the same run.</span>
        </div>
      </div>
      <p class="apply">
        <button ?disabled=${!spec || spec === model?.spec} @click=${() => this.#apply(model)}>Apply and start afresh</button>
        <span class="hint"
          >${model?.step ? `Needs a fresh start: the ${whole(model.step)} steps done belong to the old model.` : 'Nothing is allocated before you apply it.'}</span
        >
      </p>
    `;
  }

  /** The model's own spec where nothing else is chosen. */
  #wanted(model: LiveModel | undefined): ModelSpec | undefined {
    if (!model) return undefined;
    const {spec, facts} = model;
    const preset = this.#preset ?? spec.preset ?? DEFAULT_PRESET;
    const seed = this.#seed ?? facts?.seed ?? spec.seed;
    const samePreset = preset === (spec.preset ?? DEFAULT_PRESET);
    if (samePreset && seed === (facts?.seed ?? spec.seed)) return spec;
    // Numbers that override one preset mean nothing for another, and trained weights fit only the size that they were trained in.
    const {config, pretrained: _, ...rest} = spec;
    return {...rest, preset, ...(samePreset && config && {config}), ...(seed !== undefined && {seed})};
  }

  /** Of the model as it is configured, and of the other presets as they come. */
  #parametersOf(name: PresetName, model: LiveModel | undefined): number {
    const isOwn = model && name === (model.spec.preset ?? DEFAULT_PRESET);
    return countParameters(isOwn ? plannedConfig(model.spec, model) : presetConfig(name, model));
  }

  #choosePreset = (event: Event): void => {
    this.#preset = (event.target as HTMLSelectElement).value as PresetName;
    this.#host.requestUpdate();
  };

  #chooseSeed = (event: Event): void => {
    const seed = (event.target as HTMLInputElement).valueAsNumber;
    if (Number.isInteger(seed) && seed >= 0) this.#seed = seed;
    this.#host.requestUpdate();
  };

  #apply(model: LiveModel | undefined): void {
    const spec = this.#wanted(model);
    this.#preset = this.#seed = undefined;
    if (spec) this.#host.restartWith(spec);
  }
}

/** What a preset would be with this model's text: its shape with the text's vocabulary. */
function presetConfig(preset: PresetName, model: LiveModel | undefined): GPTConfig {
  const base = PRESETS[preset].config;
  return {...base, vocabSize: model?.facts?.config.vocabSize ?? base.vocabSize};
}

/** What a spec would become, as far as that is known before the model is open. */
export function plannedConfig(spec: ModelSpec, model: LiveModel | undefined): GPTConfig {
  if (spec.pretrained && model?.facts) return model.facts.config;
  const base = presetConfig(spec.preset ?? DEFAULT_PRESET, model);
  try {
    return normalizeConfig(spec.config ?? {}, base);
  } catch {
    return base; // The engine refuses an impossible one with a sentence.
  }
}

function shape(config: GPTConfig, batchSize: number, facts: ModelFacts | undefined): string {
  const {nLayers, nHeads, embDim, contextLength} = config;
  const {kernels, precision} = facts ?? {};
  const {weights, training} = estimateMemory(config, batchSize, {
    kernels,
    precision,
    dropRate: config.dropRate,
  });
  return (
    `${nLayers} ${nLayers === 1 ? 'layer' : 'layers'} of ${nHeads} ${nHeads === 1 ? 'head' : 'heads'}, ${embDim} numbers a token; reads ${whole(contextLength)} tokens back. ` +
    `${bytes(weights)} of weights, about ${bytes(training)} in training.`
  );
}
