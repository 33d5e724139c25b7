// Opens pages of the built site and keeps account of everything that goes wrong on them.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {setTimeout as wait} from 'node:timers/promises';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const WIDE = {width: 1280, height: 900};
export const NARROW = {width: 360, height: 760};

/**
 * @param site the address of the site's start page
 * @param delay milliseconds by which scripts come late
 * @returns the page and `problems`: requests that failed or left the site, errors on the console or in scripts
 */
export async function visit(
  browser,
  site,
  path,
  {viewport = WIDE, colorScheme = 'light', delay, ...options} = {},
) {
  const context = await browser.newContext({viewport, colorScheme, ...options});
  const page = await context.newPage();
  const problems = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(site) && !/^(blob|data):/.test(url)) problems.push(`leaves the site: ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    problems.push(`failed: ${request.url()} (${request.failure()?.errorText})`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', ({message}) => problems.push(`script: ${message}`));
  if (delay)
    await page.route('**/*.js', async (route) => {
      await wait(delay);
      await route.continue();
    });
  await page.goto(site + path);
  await page.evaluate(() => document.fonts.ready);
  return {page, problems, close: () => context.close()};
}

/** What axe finds fault with, a line each; shadow roots are looked into. */
export async function accessibilityFaults(page) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => (await window.axe.run()).violations);
  return violations.flatMap(({id, help, nodes}) =>
    nodes.map(({target, any}) => `${id}: ${help} at ${target.flat().join(' ')} ${any[0]?.message ?? ''}`),
  );
}
