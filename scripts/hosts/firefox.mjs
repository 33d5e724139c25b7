// The built site in Firefox ESR: its chapters load, a GPT trains on WebAssembly, and the run continues after a reload.
import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import puppeteer from 'puppeteer-core';
import {buildAndServe} from '../site/build.mjs';

const CHAPTERS = [
  'learn/what-it-is/',
  'learn/tokens/',
  'learn/attention/',
  'learn/inside-the-gpt/',
  'learn/training/',
  'learn/finetuning/',
];
const STEPS = 30;
const MOST_MS = 300_000;

/** The path of a Firefox; undefined where there is none. */
function findFirefox() {
  if (process.env.FIREFOX_PATH) return process.env.FIREFOX_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return ['firefox-esr', 'firefox']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(existsSync);
}

/** Runs in the page: trains the chapter's model until it has done `target` steps, and saves. */
async function train(steps, target) {
  await Promise.all(['gpt-model', 'gpt-trainer'].map((tag) => customElements.whenDefined(tag)));
  const {live} = document.querySelector('gpt-model#tales');
  await live.ready;
  const failed = new Promise((_, reject) =>
    live.addEventListener('gpt-error', ({detail}) => reject(new Error(detail.message))),
  );
  const from = live.savedFact ? (await live.restore()).step : live.step;
  const losses = [];
  live.addEventListener('gpt-step', ({detail}) => losses.push(detail.loss));
  const done = new Promise((resolve) =>
    live.addEventListener('gpt-status', ({detail}) => {
      if (detail.status === 'done') resolve();
    }),
  );
  await live.train({steps: target, evalInterval: 0, sampleInterval: 0, saveInterval: steps});
  await Promise.race([done, failed]);
  while (live.savedFact?.step !== target) await new Promise((resolve) => setTimeout(resolve, 50));
  return {from, step: live.step, losses, backend: live.backend};
}

/** @returns What was seen; throws where something is not as it should be. */
export async function visitInFirefox() {
  const executablePath = findFirefox();
  if (!executablePath)
    throw new Error('There is no Firefox. Install it (firefox-esr), or name it in FIREFOX_PATH.');
  const {site, close} = await buildAndServe();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    protocolTimeout: MOST_MS,
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(MOST_MS);
    const problems = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    for (const path of CHAPTERS) {
      await page.goto(site + path, {waitUntil: 'load'});
      await page.waitForFunction(() =>
        [...document.querySelectorAll('main *')].some((element) => element.shadowRoot?.childElementCount > 0),
      );
    }
    const first = await page.evaluate(train, STEPS, STEPS);
    await page.reload({waitUntil: 'load'});
    const second = await page.evaluate(train, STEPS, 2 * STEPS);
    assert.deepEqual(problems, []);
    assert.deepEqual([first.from, first.step, first.losses.length], [0, STEPS, STEPS]);
    assert.deepEqual([second.from, second.step, second.losses.length], [STEPS, 2 * STEPS, STEPS]);
    for (const {backend} of [first, second]) {
      assert.equal(backend.thread, 'worker');
      assert.equal(backend.name, 'wasm');
    }
    assert.ok(second.losses.at(-1) < first.losses[0]);
    return {
      versions: {firefox: await browser.version()},
      chapters: CHAPTERS.length,
      backend: `${first.backend.name}, ${first.backend.description}`,
      thread: 'worker',
      steps: 2 * STEPS,
    };
  } finally {
    await browser.close();
    close();
  }
}
