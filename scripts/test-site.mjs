// The built site, as its readers meet it: under a folder of some static host, in light and dark, wide and narrow;
// and the heart of it: a GPT that trains in the training chapter. `npm run test:site`; `-- search links` runs those whose names hold “search” or “links”.
import {launchBrowser} from './browser.mjs';
import {buildAndServe} from './site/build.mjs';
import {seconds} from './site/seconds.mjs';
import {chapters} from './site/tests/chapters.mjs';
import {claims} from './site/tests/claims.mjs';
import {everyPage} from './site/tests/every-page.mjs';
import {training} from './site/tests/training.mjs';
import {add, closeWith, failure, nothing, success} from './tally.mjs';

/** Run at the same time, each in a browser of its own: the training run takes about as long as everything else. */
const LANES = [{...claims, ...everyPage, ...chapters}, training];

const words = process.argv.slice(2);
const chosen = ([name]) => words.length === 0 || words.some((word) => name.includes(word));
let sum = nothing;

async function runLane(lane, site) {
  const tests = Object.entries(lane).filter(chosen);
  if (tests.length === 0) return;
  const browser = await launchBrowser();
  for (const [name, test] of tests) {
    const began = performance.now();
    const notes = [];
    const print = (what, value) => notes.push(`        ${what}: ${value}`);
    let word = 'ok    ';
    try {
      await test({browser, site, print});
      sum = add(sum, success);
    } catch (error) {
      word = 'FAILED';
      notes.push(`        ${error.message}`);
      sum = add(sum, failure(name, error));
    }
    console.log([`${word}  ${name} (${seconds(performance.now() - began)})`, ...notes].join('\n'));
  }
  await browser.close();
}

const {site, close} = await buildAndServe();
await Promise.all(LANES.map((lane) => runLane(lane, site)));
close();
console.log();
closeWith(sum);
