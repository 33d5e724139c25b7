// How long a reader of the training chapter waits for the first step: on the site as `npm start` serves it, on a first visit
// and on later ones. `node scripts/site/first-step.mjs [visits]` prints the milliseconds after the click, a line a visit.
import {loadavg} from 'node:os';
import {launchBrowser} from '../browser.mjs';
import {serve} from '../static-server.mjs';
import {buildSite, SITE} from './built.mjs';

const visits = Number(process.argv[2] ?? 3);

/** Opens the chapter, presses Train as soon as there is a button, and notes when what happened. */
async function visit(context, url) {
  const page = await context.newPage();
  await page.goto(`${url}/learn/training/`, {waitUntil: 'commit'});
  const button = page
    .locator('gpt-trainer')
    .first()
    .getByRole('button', {name: /^train$/i});
  await button.waitFor();
  await page.evaluate(async () => {
    await customElements.whenDefined('gpt-model');
    const model = document.querySelector('gpt-model#tales');
    const seen = (window.seen = {button: performance.now()});
    for (const name of ['loading', 'status', 'eval', 'sample', 'step'])
      model.addEventListener(`gpt-${name}`, ({detail}) => {
        const key = detail.message
          ? `${name} “${detail.message}”`
          : `${name} ${detail.status ?? detail.step ?? ''}`;
        seen[key] ??= performance.now();
      });
    model.live.addEventListener('gpt-facts', () => {
      if (model.live.backend) seen[`backend ${model.live.backend.name}`] ??= performance.now();
      if (model.live.facts) seen.opened ??= performance.now();
    });
    document.addEventListener('click', () => (seen.click = performance.now()), {capture: true, once: true});
  });
  await button.click();
  await page.waitForFunction(() => window.seen['step 1'], undefined, {timeout: 60_000});
  const {click, button: shown, ...seen} = await page.evaluate(() => window.seen);
  const {candidates} = await page.evaluate(() => document.querySelector('gpt-model#tales').backend);
  // Nothing is left to continue from: each visit trains from the start.
  await page.evaluate(async () => {
    const {live} = document.querySelector('gpt-model#tales');
    await live.stop();
    await live.discard();
  });
  await page.close();
  return {shown, candidates, after: Object.entries(seen).map(([what, at]) => [what, Math.round(at - click)])};
}

await buildSite();
const server = await serve(SITE);
const browser = await launchBrowser();
const context = await browser.newContext({viewport: {width: 1280, height: 800}});
for (let number = 1; number <= visits; number++) {
  const {shown, candidates, after} = await visit(context, server.url);
  const parts = after.map(([what, ms]) => `${what} ${ms}`).join(', ');
  console.log(
    `visit ${number}, load ${loadavg()[0].toFixed(1)}: button ${Math.round(shown)} ms; after the click: ${parts}`,
  );
  console.log(
    `  ${candidates.map(({name, state, probeMs = 0}) => `${name} ${state} ${probeMs.toFixed(0)}`).join(', ')}`,
  );
}
await browser.close();
server.close();
