// `npm run reserve [-- tag tag …]` measures how high each figure (or those with these tags) of the course is once it shows its model, and writes
// docs-site/src/styles/reserved.css, which keeps that height from the start: nothing below a figure moves when it arrives.
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {launchBrowser} from './browser.mjs';
import {installBrowser} from './install-browser.mjs';
import {root} from './run.mjs';
import {buildSite, SITE} from './site/built.mjs';
import {openFigures} from './site/training-run.mjs';
import {visit} from './site/visit.mjs';
import {serve} from './static-server.mjs';

const STYLES = join(root, 'docs-site/src/styles/reserved.css');

/** From which width, in rem, a range begins (the site's breakpoints), and the widths in px at which it is measured. */
const RANGES = [
  {from: 0, widths: [360, 559]},
  {from: 35, widths: [560, 799]},
  {from: 50, widths: [800, 959]},
  {from: 60, widths: [960, 1023]},
  {from: 64, widths: [1024, 1199]},
  {from: 75, widths: [1200, 1440]},
];
const REM = 16;

/** These grow while a model trains: live.css says by how much. */
const GROWING = ['gpt-trainer', 'loss-chart'];

/** Measured are these tags; none: all. */
const only = process.argv.slice(2);
const isMeasured = (tag) => !GROWING.includes(tag) && (only.length === 0 || only.includes(tag));

/** The heights that the style sheet reserves for the tags that are not measured. */
function kept() {
  const blocks = only.length > 0 ? readFileSync(STYLES, 'utf8').split(/^@media .*$/m) : [];
  return RANGES.map((_, i) => {
    const rules = (blocks[i] ?? '').matchAll(/\.live ([\w-]+) \{\s*min-height: ([\d.]+)rem/g);
    return new Map(
      [...rules].filter(([, tag]) => !isMeasured(tag)).map(([, tag, height]) => [tag, Number(height)]),
    );
  });
}

/** The built site's pages that have figures to measure, as paths below its start page. */
const pagesWithFigures = () =>
  readdirSync(SITE, {recursive: true})
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('index.html') && !path.startsWith('storybook/'))
    .filter((path) => {
      const html = readFileSync(join(SITE, path), 'utf8');
      return (
        html.includes('class="live ') && (only.length === 0 || only.some((tag) => html.includes(`<${tag} `)))
      );
    })
    .map((path) => path.replace(/index\.html$/, ''));

/** Removes the heights that are reserved now: only what the figures need by themselves counts. */
function dropReserved() {
  const drop = (rules) => {
    for (const rule of rules) {
      if (rule.selectorText?.startsWith('.live ')) rule.style.minHeight = '';
      if (rule.cssRules) drop(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) drop(sheet.cssRules);
}

/**
 * The height of each figure in px, in the page, after it has stayed the same for half a second.
 * @returns {Promise<Record<string, number>>} by tag; of several with the same tag, the highest
 */
async function heightsNow(tags) {
  const heights = {};
  for (const element of document.querySelectorAll(tags.map((tag) => `.live ${tag}`).join())) {
    element.scrollIntoView();
    let height = -1;
    for (let since = performance.now(); performance.now() - since < 500; ) {
      await new Promise(requestAnimationFrame);
      const next = element.getBoundingClientRect().height;
      if (next !== height) since = performance.now();
      height = next;
    }
    heights[element.localName] = Math.max(heights[element.localName] ?? 0, height);
  }
  return heights;
}

/** The height in rem of each figure in each range, by tag: the highest found on any page, rounded up to half a rem. */
async function measure(browser, site) {
  const reserved = kept();
  for (const path of pagesWithFigures()) {
    const {page, close} = await visit(browser, site, path);
    await page.evaluate(dropReserved);
    const tags = [...new Set(await openFigures(page))].filter(isMeasured);
    for (const [i, {widths}] of RANGES.entries())
      for (const width of tags.length > 0 ? widths : []) {
        await page.setViewportSize({width, height: 900});
        for (const [tag, height] of Object.entries(await page.evaluate(heightsNow, tags)))
          reserved[i].set(tag, Math.max(reserved[i].get(tag) ?? 0, Math.ceil((2 * height) / REM) / 2));
      }
    console.log(`/${path}: ${tags.join(', ') || 'nothing to reserve'}`);
    await close();
  }
  return reserved;
}

const rule = (tag, height, indent) =>
  `${indent}.live ${tag} {\n${indent}  min-height: ${height}rem;\n${indent}}\n`;

function styleSheet(reserved) {
  const blocks = RANGES.map(({from}, i) => {
    const rules = [...reserved[i]].sort(([a], [b]) => (a < b ? -1 : 1));
    const text = (indent) => rules.map(([tag, height]) => rule(tag, height, indent)).join('');
    return from === 0 ? text('') : `@media (min-width: ${from}rem) {\n${text('  ')}}\n`;
  });
  return `/* Written by \`npm run reserve\`: the height that each figure has once its model is there, kept from the start. */
${blocks.join('')}`;
}

await installBrowser();
await buildSite();
const server = await serve(SITE);
const browser = await launchBrowser();
try {
  writeFileSync(STYLES, styleSheet(await measure(browser, `${server.url}/`)));
  console.log('docs-site/src/styles/reserved.css written.');
} finally {
  await browser.close();
  server.close();
}
