// The heart of the course: a GPT that trains in the training chapter, from its first step to its last.
import assert from 'node:assert/strict';
import {loadavg} from 'node:os';
import {corpusWords} from '../build.mjs';
import {CHAPTER} from '../pages.mjs';
import {seconds} from '../seconds.mjs';
import {attentionPicture, factsOf, listen, longestTask, press, runOf, until} from '../training-run.mjs';
import {visit} from '../visit.mjs';

const nats = (value) => value.toFixed(3);

export const training = {
  async 'the default run of the training chapter learns to tell tales, across a reload'({
    browser,
    site,
    print,
  }) {
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
    const {saved: autosaved} = await factsOf(page);

    await page.reload();
    await page.locator('gpt-trainer').first().scrollIntoViewIfNeeded();
    await listen(page);
    const toContinue = page
      .locator('gpt-trainer')
      .first()
      .getByRole('button', {name: /continue/i});
    await toContinue.waitFor();
    const {saved} = await factsOf(page); // newer than the autosave where leaving the page saved too
    await press(page, /continue/i);
    await until(page, 'run.steps.length > 0', 60_000);
    const resumed = (await runOf(page)).steps[0].step;
    print('continued', `at step ${resumed}, after ${part.steps.at(-1).step} steps before the reload`);

    const longest = await longestTask(browser, page, 20);
    await until(page, "run.status === 'done'", 120_000);
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
    assert.ok(saved?.step >= autosaved.step, 'an older state than the last autosave was found');
    assert.equal(resumed, saved.step + 1, 'the run did not continue from the save');
    assert.ok(closed >= 0.8, 'the run closed less than 80 % of the distance to the floor');
    assert.ok(written.length >= 10 && known >= 0.9, 'the last sample is not made of the corpus’s words');
    assert.ok(shift < 0.05, `the page shifts by ${shift} while training`);
    assert.ok(longest < 50, 'the page was blocked');
    assert.deepEqual(problems, []);
    await close();
  },
};
