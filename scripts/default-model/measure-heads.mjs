// Measures anew what the heads of the model that ships do, after a pattern's definition has changed: heads and pronouns in
// docs/results/default-model.json, and the card. Trains nothing.
//   node scripts/default-model/measure-heads.mjs
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pageInBrowser} from '../page-in-browser.mjs';
import {root} from '../run.mjs';
import {modelCard} from './card.mjs';

const at = (path) => join(root, path);
const record = JSON.parse(readFileSync(at('docs/results/default-model.json'), 'utf8'));
const browser = await pageInBrowser('scripts/default-model/page.ts');
try {
  const page = await browser.open();
  const ask = (method, ...args) =>
    page.evaluate(([method, args]) => globalThis.defaultModel[method](...args), [method, args]);
  await ask('read', 'wasm', readFileSync(at('src/engine/tiny-tales.safetensors')).toString('base64'));
  record.heads = await ask('headScores', 200, 40);
  record.pronouns = await ask('pronouns', 200);
  writeFileSync(at('docs/results/default-model.json'), `${JSON.stringify(record, null, 1)}\n`);
  writeFileSync(at('docs/model-card.md'), modelCard(record));
} finally {
  await browser.close();
}
