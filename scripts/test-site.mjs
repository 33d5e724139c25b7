// The built site, as its readers meet it: under a folder of some static host, in light and dark, wide and narrow;
// and the heart of it: a GPT that trains in the training chapter. `npm run test:site`; `-- search links` runs those whose names hold “search” or “links”.
import assert from 'node:assert/strict';
import {loadavg} from 'node:os';
import {launchBrowser} from './browser.mjs';
import {BASE, buildAndServe, corpusWords} from './site/build.mjs';
import {compareRecords} from './site/compare-records.mjs';
import {
  attentionPicture,
  factsOf,
  listen,
  longestTask,
  openFigures,
  press,
  runOf,
  until,
} from './site/training-run.mjs';
import {accessibilityFaults, NARROW, visit, WIDE} from './site/visit.mjs';
import {transferBeforeEngine} from './site/weight.mjs';
import {closeWith} from './tally.mjs';

const LANDING = '';
const CHAPTER = 'learn/training/';
/** Chapters whose figures show the model that comes trained. */
const TRAINED_CHAPTERS = ['learn/what-it-is/', 'learn/tokens/', 'learn/attention/'];
const CHAPTERS = [...TRAINED_CHAPTERS, CHAPTER];
/** Pages of single elements: one with a model that comes trained, one that trains, one without a model. */
const ELEMENT_PAGES = ['attention-matrix', 'loss-chart', 'self-attention-steps'].map(
  (tag) => `elements/${tag}/`,
);
const PAGES = [LANDING, ...CHAPTERS, 'elements/', ...ELEMENT_PAGES, 'embedding/', '404.html'];

const print = (name, value) => console.log(`        ${name}: ${value}`);
const nats = (value) => value.toFixed(3);
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

const pageTests = {
  async 'every page loads whole, from its own folder alone, without an error'() {
    for (const path of PAGES) {
      const {problems, settled, close} = await visit(browser, site, path);
      await settled();
      assert.deepEqual(problems, [], `on /${path}`);
      await close();
    }
  },

  async 'every link leads to a page, every anchor to a place on it'() {
    const anchors = new Map();
    const links = [];
    for (const path of PAGES) {
      const {page, close} = await visit(browser, site, path);
      const found = await page.evaluate(() =>
        [...document.querySelectorAll('a[href]')].map(({href}) => href),
      );
      links.push(...found.map((href) => [path, new URL(href)]));
      const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({id}) => id));
      anchors.set(new URL(page.url()).pathname, new Set(ids));
      await close();
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

  async 'axe finds nothing, in light and dark'() {
    for (const path of PAGES)
      for (const colorScheme of ['light', 'dark'])
        for (const viewport of [WIDE, NARROW]) {
          const {page, settled, close} = await visit(browser, site, path, {colorScheme, viewport});
          await settled();
          assert.deepEqual(
            await accessibilityFaults(page),
            [],
            `/${path}, ${colorScheme}, ${viewport.width} px`,
          );
          await close();
        }
  },

  async 'axe finds nothing in the chapter’s live views either'() {
    for (const colorScheme of ['light', 'dark']) {
      const {page, close} = await visit(browser, site, CHAPTER, {colorScheme});
      await openFigures(page);
      await press(page, /^one step$/i);
      await page.waitForFunction(() => document.querySelector('gpt-model#tales').live.step === 1);
      await openFigures(page);
      assert.deepEqual(await accessibilityFaults(page), [], colorScheme);
      await close();
    }
  },

  async 'the figures of the other chapters show the trained model, wide and narrow, and axe finds nothing'() {
    for (const path of TRAINED_CHAPTERS)
      for (const viewport of [WIDE, NARROW]) {
        const {page, problems, close} = await visit(browser, site, path, {viewport});
        const tags = await openFigures(page);
        await page.waitForFunction(
          () => document.querySelector('gpt-model').live.facts?.pretrained === 'tiny-tales',
          undefined,
          {timeout: 30_000},
        );
        assert.deepEqual(await accessibilityFaults(page), [], `/${path}, ${viewport.width} px`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(over <= 0, `/${path} is ${over} px too wide at ${viewport.width} px`);
        assert.deepEqual(problems, [], `/${path}, ${viewport.width} px`);
        if (viewport === WIDE) print(`/${path}`, tags.join(', '));
        await close();
      }
  },

  async 'what was recorded agrees with the engine to 1e-4'() {
    for (const path of CHAPTERS) {
      const {page, close} = await visit(browser, site, path);
      const {compared, largest, differing} = await page.evaluate(compareRecords);
      print(
        `numbers of /${path} compared`,
        `${compared}, the largest difference ${largest.toExponential(1)}`,
      );
      assert.deepEqual(differing, [], `/${path}`);
      assert.ok(compared > 0, `/${path} has no record`);
      assert.ok(largest <= 1e-4, `/${path}: ${largest}`);
      await close();
    }
  },

  async 'without scripts the figures are pictures, with a sentence for those who cannot see them'() {
    for (const path of CHAPTERS)
      for (const viewport of [WIDE, NARROW]) {
        const {page, close} = await visit(browser, site, path, {viewport, javaScriptEnabled: false});
        const pictures = page.locator('.recorded svg[role="img"]:visible');
        const count = await pictures.count();
        assert.ok(count > 0, `/${path} has no picture at ${viewport.width} px`);
        for (const picture of await pictures.all()) {
          const {width, height} = await picture.boundingBox();
          assert.ok(width >= 200 && height >= 60, `/${path}: a picture of ${width} × ${height} px`);
          assert.ok(width <= viewport.width, `/${path}: a picture of ${width} px`);
          assert.match(await picture.getAttribute('aria-label'), /\w \w.*[.?!]$/);
        }
        await close();
      }
  },

  async 'every chapter opens with a figure: its drawing begins on the first screen'() {
    for (const path of CHAPTERS)
      for (const viewport of [
        {width: 390, height: 844},
        {width: 1280, height: 800},
      ]) {
        const {page, close} = await visit(browser, site, path, {viewport});
        const top = await page.evaluate(
          () => document.querySelector('main .live').getBoundingClientRect().top,
        );
        print(`first figure of /${path} at ${viewport.width} px`, `${Math.round(top)} px from the top`);
        assert.ok(top < viewport.height / 2, `/${path}: the first figure begins at ${top} px`);
        await close();
      }
  },

  async 'on the training chapter Train, the losses, the sample and an attention head are on the first screen'() {
    const {page, close} = await visit(browser, site, CHAPTER, {viewport: {width: 1280, height: 800}});
    await page.locator('#fig-head canvas').first().waitFor();
    const bottoms = await page.evaluate(() => {
      const inside = (id, selector) => {
        const {top, bottom} = document
          .getElementById(id)
          .shadowRoot.querySelector(selector)
          .getBoundingClientRect();
        return top >= 0 && bottom;
      };
      return {
        train: inside('fig-train', '.primary'),
        sample: inside('fig-train', 'blockquote'),
        loss: inside('fig-loss', 'canvas'),
        head: inside('fig-head', 'canvas'),
      };
    });
    for (const [name, bottom] of Object.entries(bottoms)) {
      assert.ok(bottom && bottom <= 800, `${name} ends at ${bottom} px`);
    }
    await close();
  },

  async 'a “show me” link sets its figure, brings it into view and focuses it; Back restores what it showed'() {
    const {page, problems, close} = await visit(browser, site, 'learn/what-it-is/');
    const prompt = () => page.evaluate(() => document.getElementById('fig-play').prompt);
    const inView = () =>
      page.locator('#fig-play').evaluate((element) => element.getBoundingClientRect().top < innerHeight);
    await page.waitForFunction(() => customElements.get('text-generator'));
    const before = await prompt();
    const link = page.getByRole('link', {name: 'only one word fits'});
    await link.scrollIntoViewIfNeeded();
    await link.click();
    assert.match(await prompt(), /She hid the$/);
    assert.equal(new URL(page.url()).hash, '#fig-play');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'fig-play');
    await page.waitForFunction(() => document.getElementById('fig-play').getBoundingClientRect().top >= 0);
    assert.ok(await inView());
    await page.getByRole('link', {name: 'about the capital of France'}).press('Enter');
    assert.equal(await prompt(), 'The capital of France is');
    await page.goBack();
    assert.match(await prompt(), /She hid the$/);
    await page.goBack();
    assert.equal(await prompt(), before);
    await page.goForward();
    assert.match(await prompt(), /She hid the$/);
    assert.deepEqual(problems, []);
    await close();
  },

  async 'steps beside a figure follow scrolling and arrow keys, and the figure’s own steps'() {
    const {page, problems, close} = await visit(browser, site, 'learn/attention/', {
      viewport: {width: 1440, height: 900},
    });
    const figure = page.locator('#fig-steps');
    const steps = page.locator('.steps-beside').filter({has: figure}).locator('.step');
    const isAt = (step) => page.waitForFunction((n) => document.getElementById('fig-steps').step === n, step);
    for (const step of [0, 2, 3, 1]) {
      await steps
        .nth(step)
        .evaluate((element) => element.scrollIntoView({block: 'center', behavior: 'instant'}));
      await isAt(step + 1);
      const {top, bottom} = await figure.evaluate((element) => element.getBoundingClientRect().toJSON());
      assert.ok(bottom > 300 && top < 600, `at step ${step + 1} the figure stands at ${top} to ${bottom} px`);
    }
    await steps.nth(1).getByRole('link').first().focus();
    await page.keyboard.press('ArrowRight');
    await isAt(3);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), '3. Mix');
    await figure.getByRole('button', {name: 'All at once'}).click();
    await page.waitForFunction(
      () => document.querySelectorAll('.step.current .show')[0]?.textContent === '4. All at once',
    );
    assert.equal(await steps.nth(3).getByRole('link').first().getAttribute('aria-current'), 'step');
    assert.deepEqual(problems, []);
    await close();
  },

  async 'on a phone the steps are links below the figure, and scrolling changes nothing'() {
    const {page, close} = await visit(browser, site, 'learn/attention/', {
      viewport: {width: 390, height: 844},
    });
    const step = page.locator('.step').nth(2);
    await step.evaluate((element) => element.scrollIntoView({block: 'center', behavior: 'instant'}));
    await page.waitForFunction(() => customElements.get('self-attention-steps'));
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    assert.equal(await page.evaluate(() => document.getElementById('fig-steps').step), 1);
    await step.getByRole('link').first().click();
    await page.waitForFunction(() => document.getElementById('fig-steps').step === 3);
    await close();
  },

  async 'the bar trains the page’s model from anywhere, covers nothing at the end, and stays hidden where it was hidden'() {
    const {page, problems, close} = await visit(browser, site, 'learn/attention/');
    const bar = page.locator('.mini-trainer');
    await bar.getByRole('button', {name: 'Hide'}).waitFor();
    const {bottom} = await bar.evaluate((element) => element.getBoundingClientRect().toJSON());
    assert.ok(Math.abs(bottom - WIDE.height) <= 1, `the bar ends at ${bottom} px`);
    await page.evaluate(() => scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'}));
    const [end, footer] = await page.evaluate(() =>
      ['.mini-trainer', '.site-footer'].map((selector) =>
        document.querySelector(selector).getBoundingClientRect().toJSON(),
      ),
    );
    assert.ok(end.bottom <= footer.top + 1, 'the bar covers the end of the page');
    await bar.getByRole('button', {name: /^train/i}).click();
    await page.waitForFunction(() => document.querySelector('gpt-model').live.step >= 1, undefined, {
      timeout: 60_000,
    });
    await bar.getByRole('button', {name: 'Hide'}).press('Enter');
    await bar.getByRole('button', {name: 'Show trainer'}).waitFor();
    await page.goto(`${site}learn/tokens/`);
    await bar.getByRole('button', {name: 'Show trainer'}).waitFor();
    assert.deepEqual(problems, []);
    await close();
  },

  async 'the chapters’ numbers show how much of each was read, also after a reload'() {
    const {page, close} = await visit(browser, site, 'learn/what-it-is/');
    const seen = () =>
      page.evaluate(() =>
        Number(document.querySelector('.chapters [aria-current]').style.getPropertyValue('--seen')),
      );
    await page.waitForFunction(
      () => document.querySelector('.chapters [aria-current]').style.getPropertyValue('--seen') === '0',
    );
    await page.locator('main h2').nth(2).scrollIntoViewIfNeeded();
    await page.waitForFunction(
      () => Number(document.querySelector('.chapters [aria-current]').style.getPropertyValue('--seen')) > 0,
    );
    const before = await seen();
    assert.ok(before > 0 && before < 1, `${before} of the chapter`);
    await page.reload();
    assert.equal(await seen(), before);
    await close();
  },

  async 'no chapter transfers more than 350 kB before the engine starts'() {
    for (const path of CHAPTERS) {
      const {bytes, close} = await transferBeforeEngine(browser, site, path);
      print(`/${path}`, `${Math.round(bytes / 1000)} kB`);
      assert.ok(bytes <= 350_000, `/${path} transfers ${bytes} bytes before the engine starts`);
      await close();
    }
  },

  async 'the gallery shows a picture and a question of every element, by chapter, with and without scripts'() {
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

  async 'snippets name a script that plain HTML can load'() {
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

  async 'every page has a title and a description of its own, and a picture for links'() {
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

  async 'a tokenizer trained in chapter 2 becomes the model’s, and the model learns with it'() {
    const {page, problems, close} = await visit(browser, site, 'learn/tokens/');
    const trainer = page.locator('bpe-trainer');
    await trainer.scrollIntoViewIfNeeded();
    await trainer.getByRole('button', {name: 'Last'}).click();
    await trainer.getByRole('button', {name: /^use these \d+ tokens/i}).click();
    await trainer.getByRole('button', {name: 'Reset the model and use these tokens'}).click();
    const asked = 256 + 200 + 1; // bytes, merges, <|endoftext|>
    await page.waitForFunction(
      (vocabSize) => document.querySelector('gpt-model').live.tokenizer?.vocabSize === vocabSize,
      asked,
      {timeout: 30_000},
    );
    await press(page, /^train$/i);
    await page.waitForFunction(() => document.querySelector('gpt-model').live.step >= 1, undefined, {
      timeout: 30_000,
    });
    assert.deepEqual(problems, []);
    await close();
  },

  async 'nothing scrolls sideways at 360 px'() {
    for (const path of PAGES) {
      const {page, settled, close} = await visit(browser, site, path, {viewport: NARROW});
      await settled();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `/${path} is ${over} px too wide`);
      await close();
    }
  },

  async 'nothing jumps, neither when elements come late nor when their model arrives'() {
    for (const path of [LANDING, ...TRAINED_CHAPTERS, CHAPTER])
      for (const viewport of [WIDE, NARROW]) {
        const {page, settled, close} = await visit(browser, site, path, {viewport, delay: 600});
        await settled();
        if (path !== LANDING) await openFigures(page);
        await settled();
        const shift = await page.evaluate(
          () =>
            new Promise((resolve) => {
              let sum = 0;
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) sum += entry.value;
              }).observe({type: 'layout-shift', buffered: true});
              // What is buffered comes in a task of its own, before the second frame.
              requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))));
            }),
        );
        print(`layout shift of /${path} at ${viewport.width} px`, shift.toFixed(4));
        assert.ok(shift < 0.05, `/${path} shifts by ${shift} at ${viewport.width} px`);
        await close();
      }
  },

  async 'the landing page loads no model before it is asked to'() {
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

  async 'formulas are typeset'() {
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

  async 'search finds the chapter'() {
    const {page, problems, close} = await visit(browser, site, LANDING);
    await page.getByRole('button', {name: 'Search'}).click();
    await page.getByRole('textbox', {name: 'Search'}).fill('perplexity');
    const result = page.locator(`#starlight__search a[href*="${CHAPTER}"]`).first();
    await result.click();
    await page.waitForURL(`${site}${CHAPTER}**`);
    assert.deepEqual(problems, []);
    await close();
  },

  async 'the theme switch reaches the elements'() {
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

  async 'without JavaScript the text is there, and says what is missing'() {
    const {page, close} = await visit(browser, site, CHAPTER, {javaScriptEnabled: false});
    const said = page.locator('.without-script:visible'); // text locators pass over <noscript>
    assert.ok((await said.count()) > 0, 'nothing is said');
    assert.match(await said.first().innerText(), /alive where JavaScript is on/);
    await close();
  },
};

const trainingTests = {
  async 'the default run of the training chapter learns to tell tales, across a reload'() {
    const words = await corpusWords();
    const {page, problems, close} = await visit(browser, site, CHAPTER);
    await page.locator('gpt-trainer').first().scrollIntoViewIfNeeded();
    await listen(page);

    const pressed = await press(page, /^train$/i);
    await until(page, 'run.steps.length > 0', 30_000);
    const {backend, facts} = await factsOf(page);
    print('backend', `${backend.name}, ${backend.description}. ${backend.reason}`);
    const first = (await runOf(page)).steps[0].at - pressed;
    print('first loss after', seconds(first));

    await until(page, 'run.evals.length > 0', 60_000);
    const atFirst = Math.log(facts.config.vocabSize);
    const {floor} = facts.corpus;
    const opening = (await runOf(page)).evals[0];
    print(
      'validation loss at first',
      `${nats(opening.validation.loss)} at step ${opening.step}; ln V = ${nats(atFirst)}`,
    );

    const before = await attentionPicture(page);
    await page.waitForFunction(() => document.querySelector('gpt-model#tales').live.savedFact, undefined, {
      timeout: 120_000,
    });
    const after = await attentionPicture(page, before.step);
    const part = await runOf(page);

    await page.reload();
    await page.locator('gpt-trainer').first().scrollIntoViewIfNeeded();
    await listen(page);
    await press(page, /continue/i);
    await until(page, 'run.steps.length > 0', 60_000);
    const saved = (await factsOf(page)).saved;
    const resumed = (await runOf(page)).steps[0].step;
    print('continued', `at step ${resumed}, after ${part.steps.at(-1).step} steps before the reload`);

    const longest = await longestTask(browser, page, 20);
    await until(page, "run.status === 'done'", 15 * 60_000);
    const rest = await runOf(page);
    const last = rest.evals.at(-1);
    const time = rest.steps.at(-1).at - rest.steps[0].at;
    print('run', `${rest.steps.at(-1).step} steps, ${seconds(time)} for the last ${rest.steps.length}`);
    const closed = (atFirst - last.validation.loss) / (atFirst - floor);
    print(
      'validation loss at last',
      `${nats(last.validation.loss)}; floor ${nats(floor)}; ${(100 * closed).toFixed(1)} % closed`,
    );
    const sample = rest.samples.at(-1).text;
    const written = (sample.match(/[A-Za-z]+/g) ?? []).slice(1, -1); // the first and the last may be cut
    const known = written.filter((word) => words.has(word)).length / written.length;
    print('last sample', `${JSON.stringify(sample)}; ${(100 * known).toFixed(0)} % corpus words`);
    const long = [...part.longTasks, ...rest.longTasks].map(({duration}) => duration);
    print('longest task on the page', `${longest.toFixed(1)} ms of processor time (in 20 s)`);
    print(
      'tasks over 50 ms by the clock',
      // The clock also counts how long other programs kept a task waiting: shown, not held against the page.
      `${long.length === 0 ? 'none' : `${long.length}, the longest ${Math.max(...long)} ms`} (machine load ${loadavg()[0].toFixed(1)})`,
    );

    const shift = part.shift + rest.shift;
    print('layout shift while training', shift.toFixed(4));

    assert.ok(first < 10_000, `the first loss came after ${seconds(first)}`);
    assert.ok(
      Math.abs(opening.validation.loss / atFirst - 1) < 0.02,
      'the first validation loss is not ln V',
    );
    assert.notEqual(after.picture, before.picture, 'the attention view did not change while training');
    assert.ok(saved, 'nothing was saved');
    assert.ok(resumed > 1 && resumed <= part.steps.at(-1).step + 1, 'the run did not continue from the save');
    assert.ok(closed >= 0.8, 'the run closed less than 80 % of the distance to the floor');
    assert.ok(written.length >= 10 && known >= 0.9, 'the last sample is not made of the corpus’s words');
    assert.ok(shift < 0.05, `the page shifts by ${shift} while training`);
    assert.ok(longest < 50, 'the page was blocked');
    assert.deepEqual(problems, []);
    await close();
  },
};

const words = process.argv.slice(2);
const tests = Object.entries({...pageTests, ...trainingTests}).filter(
  ([name]) => words.length === 0 || words.some((word) => name.includes(word)),
);
const sum = {passed: 0, failed: 0};
const {site, close} = await buildAndServe();
const browser = await launchBrowser();
for (const [name, test] of tests) {
  const began = performance.now();
  const title = () => `${name} (${seconds(performance.now() - began)})`;
  try {
    await test();
    console.log(`ok      ${title()}`);
    sum.passed++;
  } catch (error) {
    console.log(`FAILED  ${title()}\n        ${error.message}`);
    sum.failed++;
  }
}
await browser.close();
close();
console.log();
closeWith(sum);
