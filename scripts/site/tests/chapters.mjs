// What a reader of the chapters sees and does, apart from a whole training run.
import assert from 'node:assert/strict';
import {compareRecords} from '../compare-records.mjs';
import {collectShifts, shiftOf} from '../layout-shift.mjs';
import {CHAPTER, CHAPTERS, LANDING, TRAINED_CHAPTERS} from '../pages.mjs';
import {openFigures, press} from '../training-run.mjs';
import {accessibilityFaults, becomeDark, NARROW, visit, WIDE} from '../visit.mjs';
import {transferBeforeEngine} from '../weight.mjs';

export const chapters = {
  async 'axe finds nothing in the chapter’s live views either'({browser, site}) {
    const {page, settled, close} = await visit(browser, site, CHAPTER);
    await openFigures(page);
    await press(page, /^one step$/i);
    await page.waitForFunction(() => document.querySelector('gpt-model#tales').live.step === 1);
    await openFigures(page);
    assert.deepEqual(await accessibilityFaults(page), [], 'light');
    await becomeDark(page);
    await settled();
    assert.deepEqual(await accessibilityFaults(page), [], 'dark');
    await close();
  },

  async 'the figures of the other chapters show the trained model, wide and narrow, and axe finds nothing'({
    browser,
    site,
    print,
  }) {
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

  async 'what was recorded agrees with the engine to 1e-4'({browser, site, print}) {
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

  async 'without scripts the figures are pictures, with a sentence for those who cannot see them'({
    browser,
    site,
  }) {
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

  async 'every chapter opens with a figure: its drawing begins on the first screen'({browser, site, print}) {
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

  async 'on the training chapter Train, the losses, the sample and an attention head are on the first screen'({
    browser,
    site,
  }) {
    const {page, close} = await visit(browser, site, CHAPTER, {viewport: {width: 1280, height: 800}});
    const places = {
      train: '#fig-train .primary',
      sample: '#fig-train .sample blockquote',
      loss: '#fig-loss canvas',
      head: '.first-head gpt-picture svg',
    };
    for (const [name, selector] of Object.entries(places)) {
      const place = page.locator(selector).first();
      await place.waitFor();
      const {y, height} = await place.boundingBox();
      assert.ok(y >= 0 && y + height <= 800, `${name} ends at ${y + height} px`);
    }
    await close();
  },

  async 'the head of a trained model gives way to the page’s own when that trains, and nothing moves'({
    browser,
    site,
  }) {
    const {page, problems, close} = await visit(browser, site, CHAPTER, {
      viewport: {width: 1280, height: 800},
    });
    const head = page.locator('.first-head');
    assert.match(await head.innerText(), /trained model/);
    // In the page, not on the screen: a click may scroll.
    const box = () =>
      head.evaluate((element) => {
        const {x, y, width, height} = element.getBoundingClientRect();
        return {x, y: y + scrollY, width, height};
      });
    const before = await box();
    await page.locator('#fig-train').getByRole('button', {name: 'Train'}).click();
    await page.locator('#fig-head canvas').first().waitFor({timeout: 60_000});
    assert.equal(await head.locator('gpt-picture').isVisible(), false);
    assert.deepEqual(await box(), before);
    assert.deepEqual(problems, []);
    await close();
  },

  async 'a “show me” link sets its figure, brings it into view and focuses it; Back restores what it showed'({
    browser,
    site,
  }) {
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

  async 'steps beside a figure follow scrolling and arrow keys, and the figure’s own steps'({browser, site}) {
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
    await figure.getByRole('button', {name: 'All rows'}).click();
    await page.waitForFunction(
      () => document.querySelectorAll('.step.current .show')[0]?.textContent === '4. All rows',
    );
    assert.equal(await steps.nth(3).getByRole('link').first().getAttribute('aria-current'), 'step');
    assert.deepEqual(problems, []);
    await close();
  },

  async 'on a phone the steps are links below the figure, and scrolling changes nothing'({browser, site}) {
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

  async 'the bar trains the page’s model from anywhere, covers nothing at the end, and stays hidden where it was hidden'({
    browser,
    site,
  }) {
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
    assert.deepEqual(problems, []);
    await page.goto(`${site}learn/tokens/`);
    await bar.getByRole('button', {name: 'Show trainer'}).waitFor();
    // Elements load one after another: leaving the page cancels those that were on their way.
    const left = problems.filter((problem) => !problem.endsWith('(net::ERR_ABORTED)'));
    assert.deepEqual(left, []);
    await close();
  },

  async 'the chapters’ numbers show how much of each was read, also after a reload'({browser, site}) {
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

  async 'no chapter transfers more than 250 kB before the engine starts'({browser, site, print}) {
    for (const path of CHAPTERS) {
      const {bytes, close} = await transferBeforeEngine(browser, site, path);
      print(`/${path}`, `${Math.round(bytes / 1000)} kB`);
      assert.ok(bytes <= 250_000, `/${path} transfers ${bytes} bytes before the engine starts`);
      await close();
    }
  },

  async 'a tokenizer trained in chapter 2 becomes the model’s, and the model learns with it'({
    browser,
    site,
  }) {
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

  async 'nothing jumps, neither when elements come late nor when their model arrives'({
    browser,
    site,
    print,
  }) {
    for (const path of [LANDING, ...TRAINED_CHAPTERS, CHAPTER])
      for (const viewport of [WIDE, NARROW]) {
        const {page, settled, close} = await visit(browser, site, path, {
          viewport,
          delay: 600,
          atStart: collectShifts,
        });
        await settled();
        if (path !== LANDING) await openFigures(page);
        await settled();
        const {sum, lines} = await shiftOf(page);
        print(`layout shift of /${path} at ${viewport.width} px`, sum.toFixed(4));
        assert.ok(sum < 0.02, [`/${path} shifts by ${sum} at ${viewport.width} px`, ...lines].join('\n'));
        await close();
      }
  },
};
