// Opens pages of the built site and keeps account of everything that goes wrong on them.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {setTimeout as wait} from 'node:timers/promises';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How long a page may take to become idle, in milliseconds. */
const SETTLE_MS = 60_000;

export const WIDE = {width: 1280, height: 900};
export const NARROW = {width: 360, height: 760};

/**
 * @param site the address of the site's start page
 * @param delay milliseconds by which scripts come late
 * @param atStart a function that runs in the page before its own scripts
 * @returns the page, `settled`, which waits until it is idle, and `problems`: requests that failed or left the site, errors on the console or in scripts
 */
export async function visit(
  browser,
  site,
  path,
  {viewport = WIDE, colorScheme = 'light', delay, atStart, ...options} = {},
) {
  const context = await browser.newContext({viewport, colorScheme, ...options});
  if (atStart) await context.addInitScript(atStart);
  const page = await context.newPage();
  const problems = [];
  /** Requests without an answer, and how many there have been. */
  const open = new Set();
  let count = 0;
  page.on('request', (request) => {
    const url = request.url();
    if (/^https?:/.test(url)) open.add(request);
    count++;
    if (!url.startsWith(site) && !/^(blob|data):/.test(url)) problems.push(`leaves the site: ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => {
    open.delete(request);
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
  return {page, problems, settled, close: () => context.close()};

  /** Waits until the page is idle: nothing is being fetched, elements have rendered, and neither has led to a new request. */
  async function settled() {
    const until = Date.now() + SETTLE_MS;
    for (let seen = -1; open.size > 0 || seen !== count; ) {
      seen = count;
      await page.evaluate(async () => {
        await Promise.all(
          [...document.querySelectorAll(':defined')].map(({updateComplete}) => updateComplete),
        );
        await new Promise((resolve) => requestIdleCallback(resolve, {timeout: 5000}));
        for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
      });
      const waiting = [...open].map((request) => request.url());
      if (Date.now() > until) throw new Error(`/${path} does not settle: ${waiting.join(' ')}`);
    }
  }
}

/** Lets the reader's system turn dark, and waits until the page has followed. */
export async function becomeDark(page) {
  await page.emulateMedia({colorScheme: 'dark'});
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  // Colors that change slowly would be measured on their way.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({finished}) => finished),
    ),
  );
}

/** What axe finds fault with, a line each; shadow roots are looked into. */
export async function accessibilityFaults(page) {
  // The script that lets the keyboard scroll wide code runs when the page is idle.
  const isReachable = () =>
    [...document.querySelectorAll('.expressive-code pre')].every(
      (pre) => pre.scrollWidth <= pre.clientWidth || pre.tabIndex === 0,
    );
  await page.waitForFunction(isReachable, undefined, {timeout: 10_000}).catch(() => {}); // axe names the rest
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => (await window.axe.run()).violations);
  return violations.flatMap(({id, help, nodes}) =>
    nodes.map(({target, any}) => `${id}: ${help} at ${target.flat().join(' ')} ${any[0]?.message ?? ''}`),
  );
}
