// Loads a generated table in the form of the SMS Spam Collection into a page and trains on it; measures how long that takes and which
// tasks on the main thread are longer than 50 ms. Writes docs/results/labeled-texts.json.
//   node scripts/experiments/labeled.mjs [--rows 5574] [--steps 40]
import {writeFileSync} from 'node:fs';
import {cpus, loadavg} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {pageInBrowser} from '../page-in-browser.mjs';
import {root} from '../run.mjs';

const {values} = parseArgs({
  options: {rows: {type: 'string', default: '5574'}, steps: {type: 'string', default: '40'}},
});
const [rows, steps] = [Number(values.rows), Number(values.steps)];
const workers = ['src/engine/engine.worker.ts', 'src/engine/text.worker.ts'];
const {chromium, open, close} = await pageInBrowser('scripts/experiments/labeled-page.ts', workers);
try {
  const page = await open();
  const result = await page.evaluate(
    ([rows, steps]) => globalThis.labeledExperiment.run(rows, steps),
    [rows, steps],
  );
  const record = {
    rows,
    steps,
    ...result,
    load: loadavg()[0],
    date: new Date().toISOString(),
    machine: {cpu: cpus()[0].model, cores: cpus().length},
    versions: {chromium, node: process.version},
  };
  writeFileSync(join(root, 'docs/results/labeled-texts.json'), `${JSON.stringify(record, null, 2)}\n`);
  console.log(JSON.stringify(record, null, 2));
} finally {
  await close();
}
