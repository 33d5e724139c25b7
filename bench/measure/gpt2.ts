// A model of GPT-2 small’s size in the page, as a reader would load it.
import {filesSpec} from '../../src/checkpoint/spec.js';
import {setWorkerFactory} from '../../src/engine/index.js';
import {createModel} from '../../src/state/index.js';
import type {LiveModel} from '../../src/state/live-model.js';

const CODE = new URL('./engine.worker.js', import.meta.url);
setWorkerFactory(() => new Worker(CODE, {type: 'module'}));

const PROMPT = Array.from({length: 16}, (_, i) => (i * 3001) % 50257);
const TOKENS = 8;
let model: LiveModel;

/** Opens a small model, so that the engine, its backend and their code are there. */
async function prepareGpt2(backend: 'wasm' | 'webgpu'): Promise<void> {
  document.body.append(Object.assign(document.createElement('input'), {type: 'file', multiple: true}));
  const text = 'one two three four five six seven eight nine ten. '.repeat(40);
  model = createModel('m', {preset: 'nano', corpus: {kind: 'text', text}}, {backend});
  await model.ready;
  await model.trace({ids: [1, 2], want: ['logits']});
}

async function loadGpt2(): Promise<object> {
  const chosen = [...document.querySelector('input')!.files!];
  const start = performance.now();
  const files = chosen.map((blob) => ({path: blob.name, blob}));
  const {facts} = await model.load(filesSpec(files));
  const {parameters, bytes, dtype, rounding, writingKernels} = facts;
  return {ms: performance.now() - start, parameters, bytes, dtype, rounding, writingKernels};
}

/** The attention of all heads for 16 tokens. */
async function viewGpt2(): Promise<object> {
  const start = performance.now();
  const traced = await model.trace({ids: PROMPT, want: ['h.*.attn.probs']});
  return {ms: performance.now() - start, heads: 12 * Object.keys(traced).length};
}

/** The time of a token after the first, which compiles kernels. */
async function writeGpt2(): Promise<object> {
  const start = performance.now();
  let first = 0;
  let count = 0;
  for await (const _ of model.generate({promptIds: PROMPT, maxNewTokens: 1 + TOKENS, temperature: 0})) {
    if (count++ === 0) first = performance.now();
  }
  return {
    firstMs: first - start,
    msPerToken: (performance.now() - first) / TOKENS,
    kernels: model.facts?.writingKernels,
  };
}

Object.assign(globalThis, {prepareGpt2, loadGpt2, viewGpt2, writeGpt2});
