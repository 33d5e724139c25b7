// Trains the model that the package ships (src/engine/tiny-tales.safetensors) with the library's own engine in a headless
// Chromium, measures it, and writes its record and card: docs/results/default-model.json, docs/model-card.md.
//   node scripts/default-model/train.mjs [--steps 4500] [--backend wasm] [--checkpoints folder] [--resume]
// A checkpoint is written every so often; with --resume a run that was broken off continues from the last one, bit for bit.

import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {conditions} from '../conditions.mjs';
import {pageInBrowser} from '../page-in-browser.mjs';
import {root} from '../run.mjs';
import {modelCard} from './card.mjs';

const {values: given} = parseArgs({
  options: {
    backend: {type: 'string', default: 'wasm'},
    steps: {type: 'string', default: '4500'},
    /** Ends the run at this step of its schedule. */
    until: {type: 'string'},
    'emb-dim': {type: 'string', default: '96'},
    layers: {type: 'string', default: '2'},
    heads: {type: 'string', default: '4'},
    'batch-size': {type: 'string', default: '16'},
    'learning-rate': {type: 'string', default: '3e-3'},
    seed: {type: 'string', default: '1'},
    checkpoints: {type: 'string', default: join(tmpdir(), 'gpt-elements-default-model')},
    resume: {type: 'boolean', default: false},
    /** Trains and measures, and leaves the repository as it is. */
    trial: {type: 'boolean', default: false},
  },
});

const MEASURE_EVERY = 250;
const steps = Number(given.steps);
const until = Math.min(steps, Number(given.until ?? steps));
const request = {
  backend: given.backend,
  config: {
    contextLength: 64,
    embDim: Number(given['emb-dim']),
    nHeads: Number(given.heads),
    nLayers: Number(given.layers),
    dropRate: 0,
    qkvBias: true,
    tieWeights: true,
  },
  options: {
    steps,
    batchSize: Number(given['batch-size']),
    learningRate: Number(given['learning-rate']),
    warmupSteps: 100,
    minLearningRateShare: 0.05,
    weightDecay: 0.1,
  },
  text: {seed: 2, tales: 20_000, talesPerSong: 4},
  merges: 384,
  stride: 16,
  seed: Number(given.seed),
};

/**
 * Among tales, songs make heads look for repetition; but then every fifth line that the model writes is a song. So it ends with
 * some small steps on a text in which every line begins a tale.
 */
const settling = {
  text: {...request.text, songsApart: true},
  options: {...request.options, steps: 400, learningRate: 5e-4, warmupSteps: 20},
  stride: request.stride,
  seed: request.seed + 1,
};

mkdirSync(given.checkpoints, {recursive: true});
const checkpoint = join(given.checkpoints, 'run.json');
const browser = await pageInBrowser('scripts/default-model/page.ts');
const page = await browser.open();
const ask = (method, ...args) =>
  page.evaluate(([method, args]) => globalThis.defaultModel[method](...args), [method, args]);

let run = {curve: [], seconds: 0};
const since = performance.now();
try {
  const facts = await ask('open', request);
  const {parameters, vocabSize, tokens, windows} = facts;
  console.log(
    `${parameters.toLocaleString('en')} parameters, vocabulary ${vocabSize}, ${tokens.toLocaleString('en')} tokens in ` +
      `${windows.toLocaleString('en')} windows, on ${facts.backend}`,
  );
  const before = () => run.seconds + (performance.now() - since) / 1000;
  let step = 0;
  const note = async (trainLoss) => {
    const {loss, floor} = await ask('taleLoss', 100);
    run.curve.push({step, trainLoss, loss, floor});
    const train = trainLoss === undefined ? '' : `batches ${trainLoss.toFixed(3)}  `;
    console.log(
      `step ${String(step).padStart(5)}  ${train}unseen tales ${loss.toFixed(4)}  floor ${floor.toFixed(4)}  (${Math.round(before())} s)`,
    );
  };
  if (given.resume && existsSync(checkpoint)) {
    const saved = JSON.parse(readFileSync(checkpoint, 'utf8'));
    if (JSON.stringify(saved.request) !== JSON.stringify(request))
      throw new Error(`${checkpoint} is of a run with other settings.`);
    run = saved.run;
    step = saved.snapshot.step;
    await ask('restore', saved.snapshot);
    console.log(`continued from step ${step}`);
  } else await note();
  while (step < until) {
    const count = Math.min(MEASURE_EVERY, until - step);
    let sum = 0;
    for (const {loss} of await ask('steps', count)) sum += loss;
    step += count;
    await note(sum / count);
    const snapshot = await ask('snapshot');
    writeFileSync(checkpoint, JSON.stringify({request, run: {...run, seconds: before()}, snapshot}));
  }
  await ask('settle', settling);
  const {steps: more} = settling.options;
  const losses = await ask('steps', more);
  step += more;
  await note(losses.reduce((sum, {loss}) => sum + loss, 0) / more);
  run.seconds = before();

  const weights = Buffer.from(
    await ask('exportF16', {
      about: 'The default model of gpt-elements; see docs/model-card.md',
      steps: `${step}`,
      training: JSON.stringify(request.options),
    }),
    'base64',
  );
  const record = {
    ...conditions(browser.chromium),
    settings: request,
    until,
    settling,
    facts,
    bytes: weights.length,
    seconds: Math.round(run.seconds),
    curve: run.curve,
    // All below is measured with the rounded weights, those of the file.
    unseen: await ask('taleLoss', 1000),
    written: [await ask('write', 200, 1), await ask('write', 200, 0.7)],
    heads: await ask('headScores', 200, 40),
    pronouns: await ask('pronouns', 200),
  };
  if (given.trial) {
    writeFileSync(join(given.checkpoints, 'trial.json'), JSON.stringify(record, null, 2));
    writeFileSync(join(given.checkpoints, 'trial.safetensors'), weights);
    writeFileSync(join(given.checkpoints, 'trial.md'), modelCard(record));
    console.log(`The trial is in ${given.checkpoints}.`);
  } else {
    writeFileSync(join(root, 'src/engine/tiny-tales.safetensors'), weights);
    writeFileSync(join(root, 'docs/results/default-model.json'), `${JSON.stringify(record, null, 1)}\n`);
    writeFileSync(join(root, 'docs/model-card.md'), modelCard(record));
    console.log(
      'src/engine/tiny-tales.safetensors, docs/results/default-model.json and docs/model-card.md written.',
    );
  }
} finally {
  await browser.close();
}
