// The browser dies, or the connection is cut, while a model is downloaded from a hub on another host: the download goes on.

import {startHub} from './shared/local-hub.mjs';
import {persistentBrowser} from './shared/persistent-browser.mjs';

export const name = 'browser killed while downloading';
export const rounds = 25;

/** Bytes of the hub's file of weights. */
const WEIGHTS = 4 * 6_455_296;
/** Bytes of a kept part (src/checkpoint/downloads/store.ts). */
const PART = 8 * 2 ** 20;

/** Downloads the model; returns what is there afterwards. */
async function load([base, seed]) {
  const model = globalThis.faults.make(seed);
  model.addEventListener('gpt-loading', ({detail}) => {
    if (detail?.message.startsWith('Downloading')) globalThis.tellArrived?.(detail.done);
  });
  const {facts} = await model.load({kind: 'hub', repo: 'a/b', base});
  await model.trace({ids: [1, 2], want: ['logits']});
  return facts.parameters;
}

const keptBytes = (page) =>
  page.evaluate(async () => (await globalThis.faults.keptDownloads()).reduce((sum, {kept}) => sum + kept, 0));

/** Where the download of the weights goes on: undefined where all of them are kept. The other files are small. */
function expectedRange(kept) {
  if (kept >= WEIGHTS) return undefined;
  const from = Math.floor(kept / PART) * PART;
  return from > 0 ? `bytes=${from}-` : 'whole';
}

export async function round(number, {url}) {
  const browser = await persistentBrowser(url);
  const dieAt = Math.random() * WEIGHTS;
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
    let arrived = 0;
    await first.page.exposeFunction('tellArrived', (bytes) => (arrived = bytes));
    const loading = first.page.evaluate(load, [hub.url, 4000 + number]);
    await Promise.race([there, loading]);
    loading.catch(() => {}); // it ends with its browser
    await browser.kill(first);
    const before = hub.ranges.length;
    const second = await browser.start();
    const kept = await keptBytes(second.page);
    const when = `killed after ${Math.round(dieAt)} bytes, of which ${arrived} had arrived and ${kept} were kept`;
    if (kept <= arrived - PART) throw new Error(`${when}: more than a part was lost`);
    const parameters = await second.page.evaluate(load, [hub.url, 4000 + number]);
    if (4 * parameters !== WEIGHTS) throw new Error(`${when}: ${parameters} parameters`);
    if (hub.ranges[before] !== expectedRange(kept))
      throw new Error(`${when}: it went on with ${hub.ranges[before]}, not with ${expectedRange(kept)}`);
    const asked = hub.ranges.length;
    await second.page.reload();
    await second.page.waitForFunction(() => globalThis.faults);
    await second.page.evaluate(load, [hub.url, 4000 + number]);
    if (hub.ranges.length !== asked) throw new Error('the finished download was asked for again');
    return {ranges: hub.ranges};
  } finally {
    hub.close();
    await browser.remove();
  }
}
