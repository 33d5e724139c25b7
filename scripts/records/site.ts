/** Records the first states of all figures of a built site: `node site.mjs <root> <folder of the site> <base>`. */
import './dom.js';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {env} from '@tensorflow/tfjs-core';
import {serveFiles} from './files.js';
import {type Files, recordPage} from './page.js';
import {Recorder} from './recorder.js';
import {pageColors} from './theme.js';

const FOLDER = 'recorded';

const [root, site, base] = process.argv.slice(2) as [string, string, string];
// In Node tfjs recommends its native backend; here the engine chooses the backend itself.
env().set('IS_NODE', false);
serveFiles(root);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const recorder = new Recorder(pageColors(read('docs-site/src/styles/tokens.css')), [
  JSON.parse(read('docs/results/recorded-run.json')),
]);
const files: Files = new Map();
const started = performance.now();
let count = 0;
for (const path of readdirSync(site, {recursive: true, encoding: 'utf8'})) {
  if (!path.endsWith('.html') || path.startsWith('storybook')) continue;
  const file = join(site, path);
  const html = readFileSync(file, 'utf8');
  const {html: written, figures} = await recordPage(
    html,
    recorder,
    files,
    `${base.replace(/\/*$/, '/')}${FOLDER}/`,
  );
  if (figures.length === 0) continue;
  writeFileSync(file, written);
  count += figures.length;
  if (process.env.VERBOSE)
    for (const {tag, bytes, ms} of figures) console.log(path, tag, bytes, `${Math.round(ms)} ms`);
}
mkdirSync(join(site, FOLDER), {recursive: true});
for (const [name, json] of files) writeFileSync(join(site, FOLDER, name), json);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`${count} figures recorded in ${seconds} s.`);
process.exit(0); // the engine's timers would keep Node running
