// The browser dies, or the connection is cut, while a model is downloaded from a hub on another host: the download goes on.

import {startHub} from './shared/local-hub.mjs';
import {persistentBrowser} from './shared/persistent-browser.mjs';

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
  const browser = await persistentBrowser(url);
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
    const first = await browser.start();
    first.page.evaluate(load, [hub.url, 4000 + number]).catch(() => {});
    await there;
    await browser.kill(first);
    const second = await browser.start();
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
    browser.remove();
  }
}
