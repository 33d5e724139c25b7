// What holds for every page: it loads whole, leads nowhere wrong, is accessible and fits.
import assert from 'node:assert/strict';
import {BASE} from '../build.mjs';
import {CHAPTER, ELEMENT_PAGES, LANDING, PAGES} from '../pages.mjs';
import {survey} from '../survey.mjs';
import {NARROW, visit, WIDE} from '../visit.mjs';

export const everyPage = {
  async 'every page loads whole, from its own folder alone, without an error'({browser, site}) {
    for (const path of PAGES)
      for (const viewport of [WIDE, NARROW]) {
        const {problems} = await survey(browser, site, path, viewport);
        assert.deepEqual(problems, [], `on /${path} at ${viewport.width} px`);
      }
  },

  async 'every link leads to a page, every anchor to a place on it'({browser, site}) {
    const anchors = new Map();
    const links = [];
    for (const path of PAGES) {
      const page = await survey(browser, site, path, WIDE);
      links.push(...page.links.map((href) => [path, new URL(href)]));
      anchors.set(new URL(page.url).pathname, new Set(page.ids));
    }
    assert.ok(links.length > 30, `only ${links.length} links`);
    for (const [path, url] of links) {
      assert.equal(url.origin + BASE, new URL(site).origin + BASE, `/${path} leads elsewhere: ${url}`);
      assert.ok(url.pathname.startsWith(BASE), `/${path} leads out of its folder: ${url}`);
      assert.ok((await fetch(url)).ok, `/${path} has a dead link: ${url}`);
      const ids = anchors.get(url.pathname);
      if (url.hash && ids) assert.ok(ids.has(decodeURIComponent(url.hash.slice(1))), `/${path}: no ${url}`);
    }
  },

  async 'axe finds nothing, in light and dark'({browser, site}) {
    for (const path of PAGES)
      for (const viewport of [WIDE, NARROW]) {
        const {faults} = await survey(browser, site, path, viewport);
        assert.deepEqual(faults, {light: [], dark: []}, `/${path}, ${viewport.width} px`);
      }
  },

  async 'nothing scrolls sideways at 360 px'({browser, site}) {
    for (const path of PAGES) {
      const {over} = await survey(browser, site, path, NARROW);
      assert.ok(over <= 0, `/${path} is ${over} px too wide`);
    }
  },

  async 'every page has a title and a description of its own, and a picture for links'({browser, site}) {
    const [titles, descriptions] = [new Set(), new Set()];
    for (const path of PAGES) {
      const {page, close} = await visit(browser, site, path, {javaScriptEnabled: false});
      titles.add(await page.title());
      descriptions.add(await page.locator('meta[name="description"]').getAttribute('content'));
      const image = await page.locator('meta[property="og:image"]').getAttribute('content');
      assert.ok(image.endsWith(`${BASE}social.png`), image);
      await close();
    }
    assert.equal(titles.size, PAGES.length, [...titles].join('; '));
    assert.equal(descriptions.size, PAGES.length, [...descriptions].join('; '));
    const image = await fetch(`${site}social.png`);
    assert.ok(image.ok);
    const view = new DataView(await image.arrayBuffer());
    assert.deepEqual([view.getUint32(16), view.getUint32(20)], [1200, 630]); // of a PNG’s header
    assert.ok(view.byteLength > 10_000 && view.byteLength < 300_000, `${view.byteLength} bytes`);
  },

  async 'no page has a style sheet twice'({site}) {
    for (const path of PAGES) {
      const html = await (await fetch(site + path)).text();
      const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href);
      assert.ok(sheets.length > 0, `/${path} has none`);
      assert.deepEqual(sheets, [...new Set(sheets)], `/${path}`);
    }
  },

  async 'snippets name a script that plain HTML can load'({browser, site}) {
    for (const path of [LANDING, ...ELEMENT_PAGES]) {
      const {page, close} = await visit(browser, site, path);
      const code = await page.locator('.expressive-code pre').first().innerText();
      assert.match(
        code,
        /<script type="module" src="https:\/\/[^"]+\/dist\/cdn\/[\w-]+\.js"><\/script>/,
        `/${path}`,
      );
      assert.doesNotMatch(code, /\bimport\b/, `/${path}`);
      await close();
    }
  },

  async 'the gallery shows a picture and a question of every element, by chapter, with and without scripts'({
    browser,
    site,
  }) {
    for (const javaScriptEnabled of [true, false]) {
      const {page, problems, close} = await visit(browser, site, 'elements/', {javaScriptEnabled});
      const cards = page.locator('.gallery li a');
      assert.ok((await cards.count()) >= 22, `${await cards.count()} elements`);
      for (const card of await cards.all()) {
        const tag = await card.locator('code').innerText();
        assert.match(await card.locator('.question').innerText(), /\?$/, `${tag} asks nothing`);
        assert.ok((await card.locator('.thumbnail :is(svg, .token)').count()) > 0, `${tag} has no picture`);
      }
      await page.getByRole('link', {name: '3. Attention'}).click();
      const shown = () => page.locator('.gallery > section:visible').count();
      if (javaScriptEnabled) {
        assert.equal(await shown(), 1);
        await page.goBack();
        await page.waitForFunction(() => !document.querySelector('.gallery > section[hidden]'));
      }
      assert.ok((await shown()) > 1);
      assert.equal(page.workers().length, 0);
      assert.deepEqual(problems, []);
      await close();
    }
  },

  async 'the landing page shows what the model predicts on the first screen, wide and on a phone'({
    browser,
    site,
    print,
  }) {
    for (const viewport of [
      {width: 1280, height: 800},
      {width: 390, height: 844},
    ]) {
      const {page, close} = await visit(browser, site, LANDING, {viewport, hasTouch: true});
      const bar = page.locator('#fig-map [data-part="next.3"]');
      await bar.waitFor();
      const {y, height} = await bar.boundingBox();
      print(`the fourth bar at ${viewport.width} px ends at`, Math.round(y + height));
      assert.ok(
        y + height <= viewport.height,
        `at ${viewport.width} px the fourth bar ends at ${y + height}`,
      );
      await close();
    }
  },

  async 'the landing page loads no model before it is asked to'({browser, site, print}) {
    const {page, settled, close} = await visit(browser, site, LANDING);
    await settled();
    const sizes = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({name, transferSize}) => ({name, transferSize})),
    );
    print(
      'landing page',
      `${Math.round(sizes.reduce((sum, {transferSize}) => sum + transferSize, 0) / 1024)} kB`,
    );
    assert.equal(page.workers().length, 0);
    assert.deepEqual(
      sizes.filter(({name}) => /worker|\.wasm$|tfjs/.test(name)),
      [],
    );
    await close();
  },

  async 'formulas are typeset'({browser, site}) {
    const {page, close} = await visit(browser, site, CHAPTER);
    const formulas = await page.evaluate(() =>
      [...document.querySelectorAll('.katex-display .katex-html')].map((formula) => {
        const small = formula.querySelector('.size3');
        return {
          font: getComputedStyle(formula).fontFamily,
          // An index that is as large as its letter: the style sheet is of another version than the formulas.
          ratio:
            small &&
            parseFloat(getComputedStyle(small).fontSize) / parseFloat(getComputedStyle(formula).fontSize),
        };
      }),
    );
    assert.ok(formulas.length >= 4, `${formulas.length} formulas`);
    for (const {font, ratio} of formulas) {
      assert.match(font, /KaTeX/);
      if (ratio) assert.ok(Math.abs(ratio - 0.7) < 0.01, `indices at ${ratio} of the size`);
    }
    await close();
  },

  async 'search finds the chapter'({browser, site}) {
    const {page, problems, close} = await visit(browser, site, LANDING);
    await page.getByRole('button', {name: 'Search'}).click();
    await page.getByRole('textbox', {name: 'Search'}).fill('perplexity');
    const result = page.locator(`#starlight__search a[href*="${CHAPTER}"]`).first();
    await result.click();
    await page.waitForURL(`${site}${CHAPTER}**`);
    assert.deepEqual(problems, []);
    await close();
  },

  async 'the theme switch reaches the elements'({browser, site}) {
    const {page, close} = await visit(browser, site, CHAPTER, {colorScheme: 'light'});
    const colors = () =>
      page.evaluate(() => [
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector('loss-chart')).color,
      ]);
    const light = await colors();
    await page.locator('starlight-theme-select select').selectOption('dark');
    const dark = await colors();
    for (const i of [0, 1]) assert.notEqual(dark[i], light[i]);
    await close();
  },

  async 'without JavaScript the text is there, and says what is missing'({browser, site}) {
    const {page, close} = await visit(browser, site, CHAPTER, {javaScriptEnabled: false});
    const said = page.locator('.without-script:visible'); // text locators pass over <noscript>
    assert.ok((await said.count()) > 0, 'nothing is said');
    assert.match(await said.first().innerText(), /needs JavaScript/);
    await close();
  },
};
