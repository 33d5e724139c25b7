// `npm run test:hosts [-- part of a name …]`: the packed library in the pages that it is made for (scripts/hosts/hosts.mjs).
// Takes minutes and needs npm's registry (and PyPI's), so CI leaves it out; docs/results/hosts.json has the last run.
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {launchBrowser} from './browser.mjs';
import {startDevServer} from './hosts/dev-server.mjs';
import {visitInFirefox} from './hosts/firefox.mjs';
import {HOSTS} from './hosts/hosts.mjs';
import {openPage, openSite} from './hosts/open-page.mjs';
import {prepare} from './hosts/prepare.mjs';
import {pack} from './package/checks.mjs';
import {root} from './run.mjs';
import {add, closeWith, failure, nothing, success} from './tally.mjs';

const RESULTS = join(root, 'docs/results/hosts.json');

const wanted = process.argv.slice(2);
const isWanted = (name) =>
  wanted.length === 0 || wanted.some((part) => name.toLowerCase().includes(part.toLowerCase()));

async function visit(host, browser, tarball) {
  const prepared = await prepare(host, tarball);
  try {
    const result = {versions: prepared.versions};
    if (host.site) result.build = await openSite(browser, host, prepared);
    if (host.dev) {
      const server = await startDevServer(host.dev, prepared.folder);
      try {
        result.dev = await openPage(browser, server.url);
      } finally {
        server.close();
      }
    }
    return result;
  } finally {
    rmSync(prepared.folder, {recursive: true, force: true});
  }
}

const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-pack-'));
const {path: tarball, size} = await pack(folder);
const browser = await launchBrowser();
const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {hosts: {}};
let sum = nothing;
const visits = {
  ...Object.fromEntries(
    Object.entries(HOSTS).map(([name, host]) => [name, () => visit(host, browser, tarball)]),
  ),
  'Firefox ESR': visitInFirefox,
};
for (const [name, run] of Object.entries(visits).filter(([name]) => isWanted(name))) {
  try {
    results.hosts[name] = await run();
    console.log(`ok      ${name}`);
    sum = add(sum, success);
  } catch (error) {
    results.hosts[name] = {failed: error.message.slice(0, 300)};
    console.log(`FAILED  ${name}\n        ${error.message.slice(0, 3000)}`);
    sum = add(sum, failure(name, error));
  }
}
results.date = new Date().toISOString().slice(0, 10);
results.browser = `Chromium ${browser.version()}`;
results.packedBytes = size;
writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
await browser.close();
rmSync(folder, {recursive: true, force: true});
console.log();
closeWith(sum);
