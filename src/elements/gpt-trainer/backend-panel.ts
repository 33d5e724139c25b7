import {html, nothing, type TemplateResult} from 'lit';
import type {BackendFacts, ModelFacts} from '../../state/index.js';
import {BACKENDS} from '../../ui/base/model-facts.js';

const STATES: Record<BackendFacts['candidates'][number]['state'], string> = {
  chosen: 'chosen',
  slower: 'slower',
  skipped: 'not tried',
  failed: 'failed its test',
  unavailable: 'not available here',
};

const TRAINING: Record<ModelFacts['kernels'], string> = {
  plan: 'A training step is one planned submission of WebGPU kernels written for it.',
  reference: 'A training step is computed by the reference: plain TensorFlow.js operations.',
};

const WRITING: Record<ModelFacts['kernels'], string> = {
  plan: 'Text is written by such kernels too: keys and values of earlier tokens are kept, and many tokens are drawn at a time.',
  reference: 'Text is written by the reference, with a forward pass for every token.',
};

/** The line while it is closed: “WebGPU, Apple M3”; before the engine has started, when that is decided. */
export const runsOn = (backend: BackendFacts | undefined, {precision}: Partial<ModelFacts> = {}): string =>
  backend
    ? [BACKENDS[backend.name], backend.description, precision === 'mixed' && '16 bits']
        .filter(Boolean)
        .join(', ')
    : 'chosen when the engine starts';

/** How numbers are stored, where 16 bits are asked for. */
function storing({kernels, precision, training}: Partial<ModelFacts>): string | undefined {
  if (training?.precision !== 'mixed' || !precision) return undefined;
  if (precision === 'mixed')
    return 'What its forward pass keeps for the backward pass has 16 bits per number, and so half the size; sums and weights have 32.';
  return kernels === 'plan'
    ? 'All numbers have 32 bits: in 16 this device computes too far from the reference.'
    : 'All numbers have 32 bits: the reference keeps none in 16.';
}

/** What runs the model, why, and what else was tried. */
export function renderBackend(
  backend: BackendFacts | undefined,
  facts: Partial<ModelFacts> = {},
): TemplateResult {
  if (!backend)
    return html`<p>The engine starts with the first step. It tries what this browser has, and keeps the fastest that computes correctly.</p>`;
  const {reason, candidates, thread} = backend;
  const {kernels, writingKernels} = facts;
  return html`
    <p>${reason} It runs ${thread === 'worker' ? 'beside the page, in a worker' : 'in the page itself, because no worker could start'}.</p>
    ${kernels ? html`<p>${TRAINING[kernels]} ${storing(facts)} ${writingKernels ? WRITING[writingKernels] : nothing}</p>` : nothing}
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
