// A browser for one group: pages that run a TypeScript file of this repository and answer calls. All pages of a session
// share the browser's GPU process, so that contestants in different pages may take turns under the same conditions.
import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {launchBrowser} from '../scripts/browser.mjs';
import {bundle, html} from '../scripts/page-in-browser.mjs';
import {root} from '../scripts/run.mjs';
import {serve} from '../scripts/static-server.mjs';
import {oneTfjs} from './one-tfjs.mjs';

/**
 * @typedef {object} Tab
 * @property {(name: string, ...args: unknown[]) => Promise<any>} call a function that the file put on `globalThis`
 * @property {(selector: string, paths: string[]) => Promise<void>} choose files for an `<input type="file">`, as a reader does
 *
 * @callback InPage
 * @param {string} input the file, from the repository's root
 * @param {(tab: Tab) => Promise<T>} work the page is closed after it
 * @param {{assets?: Record<string, string>, scripts?: string[]}} [options] `assets`: files or folders to serve beside it, by the path in
 *   the page; `scripts`: further files to bundle, e.g. a worker’s
 * @returns {Promise<T>}
 * @template T
 */

/** Started at the first page. @returns {{inPage: InPage, versions: () => object, close: () => Promise<void>}} */
export function browserSession() {
  /** @type {Promise<import('playwright').Browser> | undefined} */
  let launched;
  let version;
  const browser = () => (launched ??= launchBrowser());

  /** @type {InPage} */
  async function inPage(input, work, {assets = {}, scripts = []} = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-'));
    let server;
    let page;
    try {
      for (const script of [input, ...scripts]) await bundle(script, folder, oneTfjs);
      for (const [path, from] of Object.entries(assets))
        cpSync(join(root, from), join(folder, path), {recursive: true});
      server = await serve(folder, {pages: {'/': html(basename(input).replace(/\.ts$/, '.js'))}});
      page = await (await browser()).newPage();
      version = (await browser()).version();
      page.on('pageerror', (error) => console.error(`in the page: ${error.message}`));
      await page.goto(`${server.url}/`);
      const call = async (name, ...args) => {
        await page.bringToFront(); // a page behind another one is slowed down
        return page.evaluate(([name, args]) => globalThis[name](...args), [name, args]);
      };
      return await work({call, choose: (selector, paths) => page.setInputFiles(selector, paths)});
    } finally {
      await page?.close();
      server?.close();
      rmSync(folder, {recursive: true, force: true});
    }
  }

  return {
    inPage,
    versions: () => (version ? {chromium: version} : {}),
    close: async () => (await launched)?.close(),
  };
}
