// Trains the model that ships, and one with random weights, to tell spam from ham; prints the accuracy on the test set.
//   node scripts/experiments/spam.mjs [--seeds 1,2,3,4,5] [--starts pretrained,random] [--tune blocks] [--out FILE] [--record]
// --out adds each run to a JSON file; --record writes what `<classifier-trainer>` and `<padding-view>` show before a reader trains.
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {loadavg} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {pageInBrowser} from '../page-in-browser.mjs';
import {root} from '../run.mjs';

const RECORD = 'src/elements/classifier-trainer/recorded-run.ts';
const RECORD_PADDED = 'src/elements/padding-view/recorded-readings.ts';

const {values} = parseArgs({
  options: {
    seeds: {type: 'string', default: '1,2,3,4,5'},
    starts: {type: 'string', default: 'pretrained,random'},
    tune: {type: 'string', default: 'blocks'},
    out: {type: 'string'},
    record: {type: 'boolean', default: false},
  },
});

const rounded = (value, digits) => Number(value.toFixed(digits));

/** Evaluations as the element draws them. */
const pointsOf = (evals) =>
  evals.map(({step, train, validation}) => ({
    step,
    train: rounded4(train),
    validation: rounded4(validation),
  }));
const rounded4 = (metrics) =>
  Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, rounded(value, 4)]));

/** Writes a run as the element shows it. Of two classes, the probability of the second says all. */
function record({evals, probs, pair, head, next, ...run}) {
  const recorded = {
    ...run,
    evals: pointsOf(evals),
    spam: probs.map((row) => rounded(row[1], 4)),
    pair: pair.map(({probs, effects, ...reading}) => ({
      ...reading,
      probs: probs.map((p) => rounded(p, 4)),
      effects: effects.map((effect) => rounded(effect, 3)),
    })),
    head: {
      ...head,
      vector: head.vector.map((value) => rounded(value, 3)),
      weights: head.weights.map((row) => row.map((value) => rounded(value, 3))),
    },
    next: {...next, tokens: next.tokens.map(({token, p}) => ({token, p: rounded(p, 4)}))},
  };
  const lines = [
    '// Written by scripts/experiments/spam.mjs --record.',
    "import type {RecordedRun} from './recorded.js';",
    '',
    '// biome-ignore format: numbers',
    `export const RUN: RecordedRun = ${JSON.stringify(recorded)};`,
  ];
  writeFileSync(join(root, RECORD), `${lines.join('\n')}\n`);
}

/** Writes what the trained filter says of padded messages. */
function recordPadded({probs, drift, ...run}) {
  const recorded = {
    ...run,
    drift: Number(drift.toPrecision(2)),
    probs: probs.map((row) => row.map((p) => rounded(p, 3))),
  };
  const lines = [
    '// Written by scripts/experiments/spam.mjs --record.',
    '',
    '// biome-ignore format: numbers',
    `export const READINGS = ${JSON.stringify(recorded)};`,
  ];
  writeFileSync(join(root, RECORD_PADDED), `${lines.join('\n')}\n`);
}

function keep(file, result) {
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  writeFileSync(file, `${JSON.stringify([...before, result], undefined, 1)}\n`);
}

const {open, close} = await pageInBrowser('scripts/experiments/spam-page.ts');
try {
  const page = await open();
  for (const start of values.starts.split(','))
    for (const seed of values.seeds.split(',').map(Number)) {
      const request = {seed, start, tune: values.tune};
      const {run, padded, ...measured} = await page.evaluate(
        (asked) => globalThis.spamExperiment.run(asked),
        request,
      );
      const result = {...request, ...measured, load: loadavg()[0]};
      console.log(JSON.stringify(result));
      if (values.out) keep(join(root, values.out), result);
      if (!values.record) continue;
      record(run);
      recordPadded(padded);
    }
} finally {
  await close();
}
