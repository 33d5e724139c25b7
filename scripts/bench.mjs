// `npm run bench`: one training step of the reference model on each backend in headless Chromium: time, what is
// asked of WebGPU, and whether memory stays constant; then the planned step beside it. Prints tables and writes
// bench/results/latest.json.
//   npm run bench -- --backends wasm,cpu --preset nano --steps 100
//   npm run bench -- --quick    the plan alone, without stock tfjs for comparison: under a minute

import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {measurePlan, targets} from './bench/plan.mjs';
import {conditions} from './conditions.mjs';
import {pageInBrowser} from './page-in-browser.mjs';
import {root} from './run.mjs';

/** Enough to see a leak, and to finish on a machine without a GPU. */
const STEPS = {webgpu: 100, wasm: 1000, cpu: 20};

const {values: options} = parseArgs({
  options: {
    backends: {type: 'string'},
    quick: {type: 'boolean', default: false},
    preset: {type: 'string', default: 'nano'},
    steps: {type: 'string'},
  },
});
const backends = (options.backends ?? (options.quick ? '' : Object.keys(STEPS).join()))
  .split(',')
  .filter(Boolean);
for (const backend of backends)
  if (!(backend in STEPS))
    throw new Error(`There is no backend “${backend}”: ${Object.keys(STEPS).join(', ')}.`);

const results = join(root, 'bench/results');

/** Each backend gets a page of its own: nothing of the one before is left. */
async function measure(request) {
  const tab = await browser.open();
  try {
    return await tab.evaluate((request) => globalThis.bench(request), request);
  } finally {
    await tab.close();
  }
}

const round = (value, digits = 1) => Number(value.toFixed(digits));
const MB = (bytes) => round(bytes / 1e6, 2);

/** The stable keys under which the figures of a backend are kept. */
function figures({perStep, early, late, ...result}) {
  return {
    ...result,
    msToFirstStep: round(result.msToFirstStep),
    msPerStep: round(result.msPerStep, 2),
    tokensPerSecond: Math.round(result.tokensPerSecond),
    dispatchesPerStep: perStep.dispatches,
    submitsPerStep: perStep.submits,
    passesPerStep: perStep.passes,
    allocationsPerStep: perStep.buffers,
    bindGroupsPerStep: perStep.bindGroups,
    writeBuffersPerStep: perStep.writeBuffers,
    readbacksPerStep: perStep.readbacks,
    peakBytes: perStep.peakBytes,
    early,
    late,
    steady: early.tensors === late.tensors && early.gpuBytes === late.gpuBytes,
  };
}

const browser = await pageInBrowser('scripts/bench/page.ts');
const train = {};
try {
  for (const backend of backends) {
    const steps = Number(options.steps ?? STEPS[backend]);
    console.log(`${backend}: ${steps} steps of ${options.preset} …`);
    train[backend] = figures(await measure({backend, preset: options.preset, steps}));
  }
} finally {
  await browser.close();
}

console.log('The planned step …');
const {plan, decode, accuracy, stock, chromium} = await measurePlan({quick: options.quick});
const goals = targets({plan, decode, accuracy, stock});

if (backends.length > 0)
  console.table(
    Object.fromEntries(
      Object.entries(train).map(([backend, f]) => [
        backend,
        {
          'first step, ms': f.msToFirstStep,
          'ms a step': f.msPerStep,
          'tokens/s': f.tokensPerSecond,
          dispatches: f.dispatchesPerStep,
          submits: f.submitsPerStep,
          passes: f.passesPerStep,
          'new buffers': f.allocationsPerStep,
          'GPU peak, MB': MB(f.peakBytes),
          'tensors, early → late': `${f.early.tensors} → ${f.late.tensors}`,
          'GPU MB, early → late': `${MB(f.early.gpuBytes)} → ${MB(f.late.gpuBytes)}`,
        },
      ]),
    ),
  );
for (const [backend, {steady, early, late}] of Object.entries(train))
  if (!steady)
    console.log(`${backend}: memory is not the same at step ${late.step} as at step ${early.step}.`);

console.table(Object.fromEntries(goals.map(({figure, ...rest}) => [figure, rest])));
mkdirSync(results, {recursive: true});
writeFileSync(
  join(results, 'latest.json'),
  `${JSON.stringify(
    {
      ...conditions(chromium),
      config: {preset: options.preset},
      train: {
        reference: train,
        plan,
        speedup: {
          stock: stock?.speedup ?? null,
          jaxjs: null, // not among the dev dependencies
          genai: null,
        },
        stock: stock ?? null,
      },
      decode: {plan: decode},
      accuracy,
      missed: goals.filter(({met}) => !met),
    },
    null,
    2,
  )}\n`,
);
console.log('bench/results/latest.json written.');
