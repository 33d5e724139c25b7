// Everything that the tests ask of each page, from one visit: opening a page costs far more than looking at it.
import {accessibilityFaults, becomeDark, visit} from './visit.mjs';

const surveys = new Map();

/**
 * Visits a page in light and dark, once for all tests that ask.
 * @returns what went wrong while it loaded, its address, links and ids, how many pixels it is too wide, and what axe finds
 */
export function survey(browser, site, path, viewport) {
  const key = `${path} ${viewport.width}`;
  if (!surveys.has(key)) surveys.set(key, look(browser, site, path, viewport));
  return surveys.get(key);
}

async function look(browser, site, path, viewport) {
  const {page, problems, settled, close} = await visit(browser, site, path, {viewport});
  try {
    await settled();
    const seen = await page.evaluate(() => ({
      url: location.href,
      links: [...document.querySelectorAll('a[href]')].map(({href}) => href),
      ids: [...document.querySelectorAll('[id]')].map(({id}) => id),
      over: document.documentElement.scrollWidth - window.innerWidth,
    }));
    const light = await accessibilityFaults(page);
    await becomeDark(page);
    await settled();
    const dark = await accessibilityFaults(page);
    return {...seen, problems, faults: {light, dark}};
  } finally {
    await close();
  }
}
