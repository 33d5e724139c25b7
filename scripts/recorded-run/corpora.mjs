// Trains a model on each built-in corpus, with the library's own engine in a headless Chromium, and writes what each model
// then writes: docs/results/corpora.json, from which src/elements/corpus-picker/written.ts quotes. Texts from the web are
// read from files: they are not part of this repository.
//   node scripts/recorded-run/corpora.mjs sort add the-verdict=path/to/the-verdict.txt
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {conditions} from '../conditions.mjs';
import {pageInBrowser} from '../page-in-browser.mjs';
import {root} from '../run.mjs';

const FILE = join(root, 'docs/results/corpora.json');
const LOOK_MS = 5000;

/** What each model is asked to continue, and how many characters; without an entry, a new line and so many. */
const PROMPTS = {
  copy: 'badge=',
  reverse: 'badge=',
  sort: 'badge=',
  add: '47+58=',
  induction: 'd3 a7 f1 c4 a',
  'the-verdict': 'I HAD always',
  'instruction-data': '"instruction": "',
};
const CHARACTERS = {task: 6, text: 160};

/** @returns the corpus of `id`, as `<gpt-model>` names it */
const corpusOf = (id, path) => {
  if (path) return {kind: 'text', text: readFileSync(path, 'utf8'), name: id};
  return {kind: 'toy', task: id};
};

const {chromium, open, close} = await pageInBrowser('scripts/recorded-run/page.ts');
const results = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
try {
  for (const word of process.argv.slice(2)) {
    const [id, path] = word.split('=');
    const spec = {preset: 'nano', corpus: corpusOf(id, path), seed: 1};
    const page = await open();
    await page.evaluate(
      ([asked, options]) => globalThis.recordedRun.start(asked, options),
      [spec, {sampleInterval: 0}],
    );
    for (let status = 'training'; status === 'training'; ) {
      await wait(LOOK_MS);
      const state = await page.evaluate(() => globalThis.recordedRun.state());
      status = state.status;
      console.log(`${id}: step ${state.step}, ${status}`);
      if (status === 'training') continue;
      const {train, validation} = state.history.evals.at(-1);
      const prompt = PROMPTS[id] ?? '\n';
      const text = await page.evaluate((request) => globalThis.recordedRun.write(request), {
        prompt,
        maxNewTokens: path ? CHARACTERS.text : CHARACTERS.task,
        temperature: path ? 0.5 : 0,
        seed: 1,
      });
      const losses = {train: train.loss, validation: validation.loss};
      results[id] = {
        ...conditions(chromium),
        computedBy: state.computedBy,
        step: state.step,
        losses,
        prompt,
        text,
      };
      writeFileSync(FILE, `${JSON.stringify(results, null, 1)}\n`);
    }
    await page.close();
  }
} finally {
  await close();
}
