import {html, nothing, type TemplateResult} from 'lit';
import type {BackendFacts, ModelFacts} from '../../state/index.js';
import {BACKENDS} from '../../ui/model-facts.js';

const STATES: Record<BackendFacts['candidates'][number]['state'], string> = {
  chosen: 'chosen',
  slower: 'slower',
  skipped: 'not tried',
  failed: 'failed its test',
  unavailable: 'not available here',
};

const ENGINES: Record<ModelFacts['engine'], string> = {
  plan: 'A training step is one planned submission of WebGPU kernels written for it.',
  reference: 'A training step is computed by the reference: plain TensorFlow.js operations.',
};

const WRITING: Record<ModelFacts['engine'], string> = {
  plan: 'Text is written by such kernels too: what was read is kept, and many tokens are drawn at a time.',
  reference: 'Text is written by the reference, with a forward pass for every token.',
};

/** What runs the model, why, and what else was tried. */
export function renderBackend(
  {reason, candidates, thread}: BackendFacts,
  {engine, writingEngine}: Partial<ModelFacts> = {},
): TemplateResult {
  return html`
    <p>${reason} It runs ${thread === 'worker' ? 'beside the page, in a worker' : 'in the page itself, because no worker could start'}.</p>
    ${engine ? html`<p>${ENGINES[engine]} ${writingEngine ? WRITING[writingEngine] : nothing}</p>` : nothing}
    <table>
      <caption class="visually-hidden">What was tried</caption>
      <thead>
        <tr>
          <th scope="col">Tried</th>
          <th scope="col">Probe</th>
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        ${candidates.map(
          ({name, state, probeMs, message}) => html`<tr>
            <th scope="row">${BACKENDS[name]}</th>
            <td class="number">${probeMs === undefined ? '–' : `${probeMs.toFixed(1)} ms`}</td>
            <td>${message ?? STATES[state]}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  `;
}
