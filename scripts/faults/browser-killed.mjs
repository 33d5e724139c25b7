// The whole browser dies in mid-run: power, memory, a crash.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {browserArguments, findBrowser} from '../browser.mjs';

export const name = 'browser killed in mid-run';
export const rounds = 25;

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
  try {
    const first = await start();
    await first.page.evaluate(async (seed) => {
      const {make, reaches, TRAINING} = globalThis.faults;
      const model = make(seed);
      await model.train({...TRAINING, steps: 1e6, saveInterval: 3});
      await reaches(model, 8 + (seed % 17));
    }, 3000 + number);
    const cdp = await first.context.newCDPSession(first.page);
    await Promise.all([
      first.context.waitForEvent('close').catch(() => {}),
      cdp.send('Browser.crash').catch(() => {}),
    ]);
    const second = await start();
    const step = await second.page.evaluate(async (seed) => {
      const {make, reaches, TRAINING} = globalThis.faults;
      const model = make(seed);
      await model.ready;
      await model.restore();
      const {step} = model;
      await model.train({...TRAINING, steps: 1e6});
      await reaches(model, step + 3);
      const told = model.history.steps.map((fact) => fact.step).join();
      if (told !== Array.from({length: model.step}, (_, i) => i + 1).join())
        throw new Error('the curve has gaps');
      return step;
    }, 3000 + number);
    await second.context.close();
    return {step};
  } finally {
    rmSync(profile, {recursive: true, force: true, maxRetries: 5});
  }
}
