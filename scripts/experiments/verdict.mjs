// Trains a small GPT on Edith Wharton's “The Verdict” with GPT-2's tokenizer, with the settings of “Build a Large Language Model
// (From Scratch)”, chapter 5: a text of 5,145 tokens is soon known by heart, and what is learned by heart helps little with the rest.
// Training loss must fall well below validation loss. Writes docs/results/the-verdict.md and .json; the text stays where it is.
//   node scripts/experiments/verdict.mjs [path-to-the-verdict.txt] [--backend wasm] [--emb-dim 192] [--layers 4] [--epochs 40]

import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {basename, join, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {conditions} from '../conditions.mjs';
import {pageInBrowser} from '../page-in-browser.mjs';
import {root} from '../run.mjs';
import {verdictReport} from './verdict-report.mjs';

const {values: given, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    backend: {type: 'string', default: 'wasm'},
    'emb-dim': {type: 'string', default: '192'},
    layers: {type: 'string', default: '4'},
    heads: {type: 'string', default: '4'},
    epochs: {type: 'string', default: '40'},
  },
});
const file = positionals[0] ? resolve(positionals[0]) : resolve(root, '../shared/data/the-verdict.txt');
if (!existsSync(file)) {
  console.log(
    `skipped: there is no ${file}. The text is not part of this repository; give the path of your own copy of it.`,
  );
  process.exit(0);
}

/** What “visible overfitting” means here. */
const GOAL = {trainLoss: 1, validationLoss: 6};
const PROMPT = 'Every effort moves you';
const SAMPLE_TOKENS = 20;
/** Epochs between two evaluations, which look at all windows: nearly half an epoch's work. */
const EVALUATE_EVERY = 2;
/** Evaluations between two samples. */
const SAMPLE_EVERY = 3;

const request = {
  text: readFileSync(file, 'utf8'),
  name: basename(file),
  backend: given.backend,
  // As GPT_CONFIG_124M in everything that is not said here: untied head, no qkv bias.
  config: {
    contextLength: 256,
    embDim: Number(given['emb-dim']),
    nLayers: Number(given.layers),
    nHeads: Number(given.heads),
  },
  options: {
    learningRate: 4e-4,
    weightDecay: 0.1,
    dropRate: 0.1,
    batchSize: 2,
    // The book has no schedule and does not clip in this chapter; its other settings are PyTorch's own for AdamW.
    warmupSteps: 0,
    minLearningRateShare: 1,
    clipNorm: 0,
    beta2: 0.999,
    evalBatches: 1000, // all there are
  },
  stride: 256,
  trainShare: 0.9,
  seed: 123,
};

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

const browser = await pageInBrowser('scripts/experiments/verdict-page.ts');
const began = performance.now();
const curve = [];
const samples = [];
const milliseconds = [];
let facts;
let held;
try {
  const page = await browser.open();
  facts = await page.evaluate((request) => globalThis.verdict.open(request), request);
  const {parameters, tokens, windows, stepsPerEpoch} = facts;
  console.log(
    `${request.name} on ${facts.backend}: ${parameters.toLocaleString('en')} parameters, ${tokens.all} tokens, ` +
      `${windows.train} windows to train on, ${windows.validation} to validate with, ${stepsPerEpoch} steps an epoch`,
  );
  const sample = async (epoch) => {
    const ask = ({prompt, tokens}) => globalThis.verdict.sample(prompt, tokens);
    const text = await page.evaluate(ask, {prompt: PROMPT, tokens: SAMPLE_TOKENS});
    samples.push({epoch, text: oneLine(text)});
    console.log(`         ${PROMPT} → ${samples.at(-1).text}`);
  };
  const note = (epoch, step, {trainLoss, validationLoss}) => {
    curve.push({epoch, step, trainLoss, validationLoss});
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(
      `epoch ${String(epoch).padStart(2)}  step ${String(step).padStart(4)}  train ${trainLoss.toFixed(3)}  ` +
        `validation ${validationLoss.toFixed(3)}  (${seconds} s)`,
    );
  };

  note(0, 0, await page.evaluate(() => globalThis.verdict.evaluate()));
  const guessing = Math.log(facts.vocabSize);
  if (Math.abs(curve[0].trainLoss - guessing) > 0.1)
    throw new Error(
      `A fresh model should guess: a loss near ln(${facts.vocabSize}) = ${guessing.toFixed(3)}, not ${curve[0].trainLoss}.`,
    );
  await sample(0);
  const train = (epochs) => globalThis.verdict.epochs(epochs);
  for (let epoch = EVALUATE_EVERY; epoch <= Number(given.epochs); epoch += EVALUATE_EVERY) {
    const {milliseconds: taken, losses, step, ...memory} = await page.evaluate(train, EVALUATE_EVERY);
    milliseconds.push(...taken);
    held ??= {early: {step, ...memory}};
    held.late = {step, ...memory};
    note(epoch, step, losses);
    const reached = losses.trainLoss < GOAL.trainLoss && losses.validationLoss > GOAL.validationLoss;
    if (reached || (epoch / EVALUATE_EVERY) % SAMPLE_EVERY === 0) await sample(epoch);
    if (reached) break;
  }
} finally {
  await browser.close();
}

const last = curve.at(-1);
const {text: _, ...settings} = request; // the text itself is not recorded
const record = {
  ...conditions(browser.chromium),
  settings,
  facts,
  goal: GOAL,
  reached: last.trainLoss < GOAL.trainLoss && last.validationLoss > GOAL.validationLoss,
  seconds: Math.round((performance.now() - began) / 1000),
  msPerStep: Math.round(median(milliseconds)),
  held,
  prompt: PROMPT,
  curve,
  samples,
};
const results = join(root, 'docs/results');
mkdirSync(results, {recursive: true});
writeFileSync(join(results, 'the-verdict.json'), `${JSON.stringify(record, null, 2)}\n`);
writeFileSync(join(results, 'the-verdict.md'), verdictReport(record));
console.log('docs/results/the-verdict.md and .json written.');
if (!record.reached) {
  console.error(
    `After ${last.epoch} epochs the goal is not reached: training loss ${last.trainLoss.toFixed(3)}, ` +
      `validation loss ${last.validationLoss.toFixed(3)}. Try more --epochs.`,
  );
  process.exitCode = 1;
}
