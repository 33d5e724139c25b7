import {html, nothing, type TemplateResult} from 'lit';
import {countParameters, DEFAULT_PRESET, type LiveModel, PRESETS} from '../../state/index.js';
import {count} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';
import {renderBackend, runsOn} from './backend-panel.js';
import type {CorpusForm} from './corpus-form.js';
import {type ModelForm, plannedConfig} from './model-form.js';
import {renderPanel} from './panel.js';
import type {RunControl} from './run-control.js';
import type {SettingsForm} from './settings-form.js';

export type PanelName = 'corpus' | 'model' | 'settings' | 'backend';

export interface PanelsView {
  control: RunControl;
  /** The panel that is open. */
  open: PanelName | undefined;
  choose(name: PanelName | undefined): void;
  /** Absent: left out. */
  corpus?: CorpusForm;
  forms?: {model: ModelForm; settings: SettingsForm};
  withBackend: boolean;
}

/** The text, the model, the settings, and what runs it: each one line that opens. */
export function renderPanels({
  control,
  open,
  choose,
  corpus,
  forms,
  withBackend,
}: PanelsView): TemplateResult {
  const {model, settings} = control;
  const {backend, facts} = model ?? {};
  const {steps, batchSize, learningRate} = settings;
  const panel = (name: PanelName, label: string, fact: string, content: () => TemplateResult) =>
    renderPanel({
      name: label,
      fact,
      open: open === name,
      toggle: (opened) => {
        if (opened) choose(name);
        else if (open === name) choose(undefined);
      },
      content,
    });
  return html`<div class="panels" part="panels">
    ${
      corpus
        ? panel(
            'corpus',
            'Text',
            facts ? `${facts.corpus.name}, ${count(facts.corpus.characters)} characters` : '',
            () =>
              html`${facts ? html`<blockquote class="excerpt">${facts.corpus.excerpt} …</blockquote>` : nothing} ${corpus.render(model)}`,
          )
        : nothing
    }
    ${
      forms
        ? html`${panel('model', 'Model', modelSize(model), () => forms.model.render(model, batchSize))}
          ${panel('settings', 'Settings', `${whole(steps)} steps of ${batchSize} windows, learning rate ${learningRate}`, () => forms.settings.render(model))}`
        : nothing
    }
    ${
      withBackend
        ? panel('backend', 'Runs on', runsOn(backend, facts), () => renderBackend(backend, facts))
        : nothing
    }
  </div>`;
}

/** “nano, 62 thousand parameters”; also before the model is there. */
function modelSize(model: LiveModel | undefined): string {
  if (!model) return '';
  const {spec, facts} = model;
  const parameters = facts?.parameters ?? countParameters(plannedConfig(spec, model));
  const label = spec.pretrained ?? PRESETS[spec.preset ?? DEFAULT_PRESET].label;
  return `${spec.config ? `made from ${label}` : label}, ${count(parameters)} parameters`;
}
