// The browser dies, or the connection is cut, while a model is downloaded from a hub on another host: the download goes on.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {browserArguments, findBrowser} from '../browser.mjs';
import {startHub} from './shared/local-hub.mjs';

export const name = 'browser killed while downloading';
export const rounds = 25;

/** Downloads the model; returns what is there afterwards. */
async function load([base, seed]) {
  const model = globalThis.faults.make(seed);
  const {facts} = await model.load({kind: 'hub', repo: 'a/b', base});
  await model.trace({ids: [1, 2], want: ['logits']});
  return facts.parameters;
}

export async function round(number, {url}) {
  const {chromium} = await import('playwright');
  const profile = mkdtempSync(join(tmpdir(), 'gpt-faults-'));
  const options = {executablePath: findBrowser(), args: [...browserArguments, '--remote-debugging-port=0']};
  const start = async () => {
    const context = await chromium.launchPersistentContext(profile, options);
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForFunction(() => globalThis.faults);
    return {context, page};
  };
  const dieAt = 2 ** 20 * (1 + (number % 20));
  let reached;
  const there = new Promise((resolve) => (reached = resolve));
  let cuts = number % 3;
  const hub = await startHub({
    onChunk(sent, cut) {
      if (sent >= dieAt) reached();
      if (sent >= 2 ** 20 * 5 && cuts > 0) {
        cuts--;
        cut();
      }
    },
  });
  try {
    const first = await start();
    first.page.evaluate(load, [hub.url, 4000 + number]).catch(() => {});
    await there;
    const cdp = await first.context.newCDPSession(first.page);
    await Promise.all([
      first.context.waitForEvent('close').catch(() => {}),
      cdp.send('Browser.crash').catch(() => {}),
    ]);
    const second = await start();
    const parameters = await second.page.evaluate(load, [hub.url, 4000 + number]);
    if (parameters !== 6_455_296) throw new Error(`${parameters} parameters`);
    const asked = hub.ranges.length;
    await second.page.reload();
    await second.page.waitForFunction(() => globalThis.faults);
    await second.page.evaluate(load, [hub.url, 4000 + number]);
    if (hub.ranges.length !== asked) throw new Error('the finished download was asked for again');
    await second.context.close();
    return {ranges: hub.ranges};
  } finally {
    hub.close();
    rmSync(profile, {recursive: true, force: true, maxRetries: 5});
  }
}
