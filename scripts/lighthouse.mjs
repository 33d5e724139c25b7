// `npm run lighthouse` rates the landing page and every chapter of the built site by Lighthouse, on a simulated phone and
// on a desktop, and times their first figures: the median of five runs each, beside what they should reach. Run it on a
// quiet machine: the numbers are of speed. `-- --runs 1 --form mobile training` is quicker: fewer runs, one form, one page.
// Lighthouse itself is fetched by npx at first use; nothing else here needs it.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {findBrowser, launchBrowser} from './browser.mjs';
import {root, run} from './run.mjs';
import {buildSite, SITE} from './site/built.mjs';
import {firstFigures} from './site/first-figures.mjs';
import {CHAPTERS, LANDING} from './site/pages.mjs';
import {serve} from './static-server.mjs';

const VERSION = '13.5.0';
const RESULTS = join(root, 'docs/results/lighthouse.json');

/** The least score of each category. */
const SCORES = {
  desktop: {performance: 95, accessibility: 95, 'best-practices': 95, seo: 95},
  mobile: {performance: 90, accessibility: 95, 'best-practices': 95, seo: 95},
};
/** The most of each measure, in milliseconds except for the shift. */
const MOST = {shift: 0.02, recorded: 500, live: 1500};

const {values: options, positionals: words} = parseArgs({
  options: {runs: {type: 'string', default: '5'}, form: {type: 'string'}, write: {type: 'boolean'}},
  allowPositionals: true,
});

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs Lighthouse once. */
async function rate(url, form, folder) {
  const file = join(folder, 'report.json');
  const {code, output} = await run(
    'npx',
    [
      '--yes',
      `lighthouse@${VERSION}`,
      url,
      '--output=json',
      `--output-path=${file}`,
      '--quiet',
      '--chrome-flags=--headless=new --no-sandbox',
      ...(form === 'desktop' ? ['--preset=desktop'] : []),
    ],
    {env: {CHROME_PATH: findBrowser()}, quiet: true},
  );
  if (code !== 0) throw new Error(`Lighthouse failed at ${url}:\n${output}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @returns the medians of some reports, and what Lighthouse names in any of them, apart from measures of time */
function summary(reports) {
  const audits = (id) => median(reports.map((report) => report.audits[id].numericValue));
  const faults = reports.flatMap(({categories, audits: all}) =>
    ['accessibility', 'best-practices', 'seo'].flatMap((category) =>
      categories[category].auditRefs
        .filter(({id, weight}) => weight > 0 && (all[id].score ?? 1) < 1)
        .map(({id}) => `${category}: ${all[id].title}`),
    ),
  );
  return {
    scores: Object.fromEntries(
      Object.keys(SCORES.mobile).map((name) => [
        name,
        Math.round(100 * median(reports.map(({categories}) => categories[name].score))),
      ]),
    ),
    shift: Number(audits('cumulative-layout-shift').toFixed(4)),
    largestPaint: Math.round(audits('largest-contentful-paint')),
    blocking: Math.round(audits('total-blocking-time')),
    faults: [...new Set(faults)],
  };
}

/** @returns what falls short, a line each */
function shortcomings({form, scores, shift, recorded, live}) {
  const low = Object.entries(SCORES[form]).filter(([name, least]) => scores[name] < least);
  const times = Object.entries({shift, recorded, live}).filter(([name, value]) => value > MOST[name]);
  return [
    ...low.map(([name, least]) => `${name} ${scores[name]} < ${least}`),
    ...times.map(([name, value]) => `${name} ${value} > ${MOST[name]}`),
  ];
}

await buildSite();
const server = await serve(SITE, {gzip: true});
const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-lighthouse-'));
const browser = await launchBrowser();
const runs = Number(options.runs);
const pages = [LANDING, ...CHAPTERS].filter(
  (path) => words.length === 0 || words.some((word) => path.includes(word)),
);
const results = [];
try {
  for (const path of pages)
    for (const form of options.form ? [options.form] : Object.keys(SCORES)) {
      const url = `${server.url}/${path}`;
      const reports = [];
      for (let i = 0; i < runs; i++) reports.push(await rate(url, form, folder));
      const result = {page: `/${path}`, form, runs, ...summary(reports)};
      if (form === 'desktop') {
        const times = [];
        for (let i = 0; i < runs; i++) times.push(await firstFigures(browser, url));
        for (const name of ['recorded', 'live']) result[name] = median(times.map((time) => time[name]));
      }
      results.push(result);
      const short = shortcomings(result);
      const {scores, shift, largestPaint, blocking, recorded, live} = result;
      const figures = recorded === undefined ? '' : `, first figure recorded ${recorded} ms, live ${live} ms`;
      console.log(
        `${result.page} ${form}: ${Object.values(scores).join(' ')}, shift ${shift}, largest paint ${largestPaint} ms, blocking ${blocking} ms${figures}${short.length ? `\n  short: ${short.join('; ')}` : ''}${result.faults.length ? `\n  ${result.faults.join('\n  ')}` : ''}`,
      );
    }
} finally {
  await browser.close();
  server.close();
  rmSync(folder, {recursive: true, force: true});
}
if (options.write) writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
process.exitCode = results.some((result) => shortcomings(result).length) ? 1 : 0;
