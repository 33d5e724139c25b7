// A browser with a profile of its own on disk, which can be killed and started again.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {browserArguments, findBrowser} from '../../browser.mjs';

/** @param url the page that tells models what to do (`globalThis.faults`) */
export async function persistentBrowser(url) {
  const {chromium} = await import('playwright');
  const profile = mkdtempSync(join(tmpdir(), 'gpt-faults-'));
  const options = {executablePath: findBrowser(), args: [...browserArguments, '--remote-debugging-port=0']};
  let running;
  return {
    async start() {
      const context = (running = await chromium.launchPersistentContext(profile, options));
      const page = await context.newPage();
      await page.goto(url);
      await page.waitForFunction(() => globalThis.faults);
      return {context, page};
    },
    async kill({context, page}) {
      const cdp = await context.newCDPSession(page);
      await Promise.all([
        context.waitForEvent('close').catch(() => {}),
        cdp.send('Browser.crash').catch(() => {}),
      ]);
    },
    /** Ends it, and deletes its profile. */
    async remove() {
      await running?.close().catch(() => {}); // it may have been killed
      rmSync(profile, {recursive: true, force: true, maxRetries: 5});
    },
  };
}
