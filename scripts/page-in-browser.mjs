// Runs a TypeScript file of this repository in an otherwise empty page of a headless Chromium: for what has to
// be measured in a browser and belongs to no test.
import {copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {rolldown} from 'rolldown';
import {launchBrowser} from './browser.mjs';
import {root} from './run.mjs';
import {serve} from './static-server.mjs';
import {vendorWasm} from './vendor-wasm.mjs';

/**
 * Bundles a TypeScript file of the repository for the browser into a folder.
 * @param {Record<string, string>} [alias] packages or paths to take instead, by package name
 */
export async function bundle(input, folder, alias) {
  const made = await rolldown({
    input: join(root, input),
    platform: 'browser',
    resolve: {alias},
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'warn',
    transform: {target: 'es2022', define: {'process.env.NODE_ENV': '"production"'}},
  });
  await made.write({dir: folder, format: 'esm', comments: {legal: false}});
  vendorWasm(folder);
  copyFileSync(join(root, 'src/engine/tiny-tales.safetensors'), join(folder, 'tiny-tales.safetensors'));
}

/** A page with nothing but a module script. */
export const html = (script) =>
  `<!doctype html><title>${script}</title><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;

/**
 * @param {string} input the file, from the repository's root; what node asks for it puts on `globalThis`
 * @param {string[]} [workers] files of workers that the page starts; without them their work is done on the main thread
 * @returns {Promise<{chromium: string, open: () => Promise<import('playwright').Page>, close: () => Promise<void>}>}
 *   `open` gives a fresh page in which the file has run
 */
export async function pageInBrowser(input, workers = []) {
  const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-'));
  const closing = [() => rmSync(folder, {recursive: true, force: true})];
  const close = async () => {
    for (const step of closing.reverse()) await step();
  };
  try {
    for (const file of [...workers, input]) await bundle(file, folder);
    const server = await serve(folder, {pages: {'/': html(basename(input).replace(/\.ts$/, '.js'))}});
    closing.push(() => server.close());
    const browser = await launchBrowser();
    closing.push(() => browser.close());
    const open = async () => {
      const page = await browser.newPage();
      page.on('pageerror', (error) => console.error(`in the page: ${error.message}`));
      await page.goto(`${server.url}/`);
      return page;
    };
    return {chromium: browser.version(), open, close};
  } catch (error) {
    await close();
    throw error;
  }
}
