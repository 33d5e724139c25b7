// Faults that take minutes to provoke: many rounds of dying workers, leaving readers, missing files, killed browsers.
// `npm run test:faults [part of a case's name]`; docs/results/faults.json has the last run of each case.
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {loadavg, tmpdir} from 'node:os';
import {join} from 'node:path';
import {launchBrowser} from './browser.mjs';
import {conditions} from './conditions.mjs';
import {bundle, html} from './page-in-browser.mjs';
import {root} from './run.mjs';
import {serve} from './static-server.mjs';
import {add, closeWith, nothing} from './tally.mjs';

const RESULTS = join(root, 'docs/results/faults.json');

const wanted = process.argv[2] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-faults-'));
for (const input of ['scripts/faults/page.ts', 'src/engine/engine.worker.ts']) await bundle(input, folder);
const elsewhere = '<!doctype html><title>elsewhere</title><link rel="icon" href="data:,">';
const server = await serve(folder, {pages: {'/': html('page.js'), '/elsewhere': elsewhere}});
const browser = await launchBrowser();
const context = await browser.newContext();

async function openWith(handle) {
  const page = await context.newPage();
  await page.goto(`${server.url}/`);
  await page.waitForFunction(() => globalThis.faults);
  if (handle) await page.route('**/*', handle);
  return page;
}
const tools = {url: server.url, open: () => openWith(), openWith};

const files = readdirSync(join(root, 'scripts/faults')).filter((file) => file.endsWith('.mjs'));
const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {};
let total = nothing;
for (const file of files.sort()) {
  const {name, rounds, round} = await import(`./faults/${file}`);
  if (!name.includes(wanted)) continue;
  const failures = [];
  const from = performance.now();
  for (let number = 1; number <= rounds; number++)
    await round(number, tools).catch((error) =>
      failures.push(`round ${number}: ${error.message.split('\n')[0]}`),
    );
  const seconds = Math.round((performance.now() - from) / 1000);
  results[name] = {
    rounds,
    failed: failures.length,
    seconds,
    load: loadavg()[0],
    ...conditions(browser.version()),
    failures: failures.slice(0, 10),
  };
  writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
  total = add(total, {
    passed: rounds - failures.length,
    failed: failures.length,
    failures: failures.map((failure) => `${name}, ${failure}`),
  });
  console.log(`${name}: ${failures.length} of ${rounds} failed (${seconds} s)`);
  for (const failure of failures.slice(0, 10)) console.log(`  ${failure}`);
}
await browser.close();
server.close();
rmSync(folder, {recursive: true, force: true});
closeWith(total);
