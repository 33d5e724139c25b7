// What a visitor at the training chapter does, and what happens to the page meanwhile.
import {setTimeout as wait} from 'node:timers/promises';

/** Collects, inside the page, what happens to the chapter's model, and tasks that block the page. */
export async function listen(page) {
  await page.evaluate(async () => {
    await customElements.whenDefined('gpt-model');
    const model = document.querySelector('gpt-model#tales');
    window.run = {
      steps: [],
      evals: [],
      samples: [],
      errors: [],
      longTasks: [],
      shift: 0,
      status: model.status,
    };
    const {run} = window;
    model.addEventListener('gpt-step', ({detail}) => {
      run.steps.push({step: detail.step, loss: detail.loss, at: performance.now()});
    });
    model.addEventListener('gpt-eval', ({detail}) => run.evals.push(detail));
    model.addEventListener('gpt-sample', ({detail}) => run.samples.push(detail));
    model.addEventListener('gpt-error', ({detail}) => run.errors.push(detail.message));
    model.addEventListener('gpt-status', ({detail}) => {
      run.status = detail.status;
    });
    new PerformanceObserver((list) => {
      for (const {duration, startTime} of list.getEntries())
        run.longTasks.push({duration: Math.round(duration), at: Math.round(startTime)});
    }).observe({type: 'longtask'});
    new PerformanceObserver((list) => {
      for (const {value, hadRecentInput} of list.getEntries()) if (!hadRecentInput) run.shift += value;
    }).observe({type: 'layout-shift'});
  });
}

/**
 * Waits until `condition(window.run)` holds. Fails at once where the model reports an error, and where the run stands still for `stall`
 * milliseconds: a slow machine may take as long as it needs.
 */
export async function until(page, condition, stall) {
  for (let step = -1, since = Date.now(); ; await wait(200)) {
    const run = await page.evaluate(
      (source) => ({
        isMet: new Function('run', `return ${source}`)(window.run),
        errors: window.run.errors,
        step: window.run.steps.length,
      }),
      condition,
    );
    if (run.errors.length > 0) throw new Error(`The model reports: ${run.errors.join('; ')}`);
    if (run.isMet) return;
    if (run.step > step) [step, since] = [run.step, Date.now()];
    if (Date.now() - since > stall)
      throw new Error(`No step for ${stall / 1000} s after ${step} steps, waiting for: ${condition}`);
  }
}

export const runOf = (page) => page.evaluate(() => window.run);

export const factsOf = (page) =>
  page.evaluate(() => {
    const {live, backend} = document.querySelector('gpt-model#tales');
    return {facts: live.facts, backend, saved: live.savedFact, step: live.step};
  });

/** Presses a button of the page's first trainer. @returns the page's time at that moment */
export async function press(page, name) {
  const button = page.locator('gpt-trainer').first().getByRole('button', {name});
  await button.scrollIntoViewIfNeeded();
  await button.click();
  return page.evaluate(() => performance.now());
}

/** The first attention view's drawing, and its step, once it shows the model as of a step after `after`. */
export async function attentionPicture(page, after = -1) {
  const view = page.locator('attention-matrix').first();
  await view.scrollIntoViewIfNeeded();
  await view.locator('canvas').first().waitFor();
  const step = await view.evaluate(async (element, before) => {
    while (!(element.data?.step > before)) await new Promise(requestAnimationFrame);
    await element.updateComplete;
    return element.data.step;
  }, after);
  return {step, picture: (await view.locator('canvas').first().screenshot()).toString('base64')};
}

/**
 * Unfolds and scrolls to each figure of a chapter until it shows something.
 * @returns the tags, in order
 */
export async function openFigures(page) {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details.depth')) details.open = true;
  });
  // Not a locator, which would look into shadow roots, where other things are called “live”.
  const list = await page.evaluateHandle(() => [
    ...document.querySelectorAll('.live > *, .live > :is(gpt-model, .cockpit, .pair) > *, .live .pair > *'),
  ]);
  const tags = [];
  for (const figure of (await list.getProperties()).values()) {
    const tag = await figure.evaluate((element) => element.localName);
    if (!tag.includes('-') || tag === 'gpt-model') continue;
    tags.push(tag);
    // Figures above it may still grow and push it out of view, where its code is not loaded.
    await page.waitForFunction(
      (element) => {
        element.scrollIntoView();
        return element.updateComplete && !element.shadowRoot.querySelector('.waiting[role="status"]');
      },
      figure,
      {timeout: 60_000, polling: 200},
    );
  }
  return tags;
}

/**
 * The most processor time, in milliseconds, that one task on the page's main thread took during `seconds`.
 * A wall clock, as PerformanceObserver's, also counts how long other programs kept the task waiting.
 */
export async function longestTask(browser, page, seconds) {
  await browser.startTracing(page, {categories: ['toplevel']});
  await wait(1000 * seconds);
  const {traceEvents} = JSON.parse(await browser.stopTracing());
  const mains = new Set(
    traceEvents
      .filter(({name, args}) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({pid, tid}) => `${pid}.${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ph, pid, tid, tdur}) => ph === 'X' && tdur && mains.has(`${pid}.${tid}`),
  );
  if (tasks.length === 0) throw new Error('The trace holds no task of the page.');
  return Math.max(...tasks.map(({tdur}) => tdur)) / 1000;
}
