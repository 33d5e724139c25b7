// Trains the model of the training chapter with the library's own engine in a headless Chromium, and writes the run that its
// figures show before the reader trains: docs/results/recorded-run.json.
//   node scripts/recorded-run/record.mjs [--until 2500]
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {conditions} from '../conditions.mjs';
import {pageInBrowser} from '../page-in-browser.mjs';
import {root} from '../run.mjs';

const FILE = join(root, 'docs/results/recorded-run.json');
/** Of the batches' losses every so many are kept: more cannot be told apart in the chart. */
const EVERY = 5;
const LOOK_MS = 10_000;

const {values} = parseArgs({options: {until: {type: 'string', default: '2500'}}});
const until = Number(values.until);
/** As `<gpt-model seed="1">` asks for it. */
const spec = {preset: 'nano', corpus: {kind: 'tiny-tales'}, seed: 1};

const digits = (value) => Number(value.toPrecision(6));
const short = ({steps, evals, samples}) => ({
  steps: steps
    .filter(({step}) => step === 1 || step % EVERY === 0)
    .map(({step, loss, learningRate, gradientNorm, tokensSeen}) => ({
      step,
      loss: digits(loss),
      learningRate: digits(learningRate),
      gradientNorm: digits(gradientNorm),
      tokensSeen,
    })),
  evals,
  samples,
});

const {chromium, open, close} = await pageInBrowser('scripts/recorded-run/page.ts');
try {
  const page = await open();
  await page.evaluate((asked) => globalThis.recordedRun.start(asked), spec);
  for (let done = false; !done; ) {
    await wait(LOOK_MS);
    const {status, step, history, computedBy} = await page.evaluate(() => globalThis.recordedRun.state());
    done = step >= until || status !== 'training';
    const result = {...conditions(chromium), computedBy, spec, history: short(history)};
    writeFileSync(FILE, `${JSON.stringify(result)}\n`);
    console.log(`step ${step}, ${status}`);
  }
} finally {
  await close();
}
