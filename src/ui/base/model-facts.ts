import type {BackendName, ModelFacts, ModelSpec} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {count} from './format.js';

/** The readers’ names of what computes. */
export const BACKENDS: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  webgl: 'WebGL',
  cpu: 'CPU',
};

let teller: WeakRef<Element> | undefined;

/** Whether this element is the one that names the machine: a page says once what its models run on. */
function namesMachine(host: Element): boolean {
  const current = teller?.deref();
  if (current !== host && current?.isConnected) return false;
  teller = new WeakRef(host);
  return true;
}

/** Where weights come from that were not trained here: of those, a step says nothing. */
function originOf({checkpoint}: ModelSpec, {pretrained}: ModelFacts): string {
  if (checkpoint) return checkpoint.kind === 'hub' ? `loaded from ${checkpoint.repo}` : 'loaded from files';
  return pretrained ? `comes trained on ${pretrained}` : 'step 0';
}

/** The footer's quiet line: “54 thousand parameters · step 120”, and in one element of the page “WebGPU, Apple M3”. */
export function modelFacts(host: Element, model: LiveModel | undefined, step = model?.step): string {
  if (!model?.facts) return '';
  const {backend, facts} = model;
  return [
    `${count(facts.parameters)} parameters`,
    step ? `step ${step.toLocaleString('en')}` : originOf(model.spec, facts),
    model.isRecorded && 'recorded when this site was built',
    ...(backend && !model.isRecorded && namesMachine(host)
      ? [
          `${BACKENDS[backend.name]}, ${backend.description}`,
          backend.thread === 'main' && 'on the page’s main thread, because no worker could start',
          facts.kernels === 'plan' &&
            (facts.precision === 'mixed' ? 'planned kernels, 16 bits' : 'planned kernels'),
        ]
      : []),
  ]
    .filter(Boolean)
    .join(' · ');
}
