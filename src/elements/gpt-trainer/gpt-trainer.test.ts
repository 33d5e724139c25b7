import {aTimeout, expect, fixture, html} from '@open-wc/testing';
import {getModel, type ModelFacts} from '../../state/index.js';
import {codePieces} from './code-pieces.js';
import {GptTrainerHarness} from './gpt-trainer.harness.js';
import type {GptTrainer} from './gpt-trainer.js';
import {isIdle, trainers} from './testing/tiny-trainer.js';

const setUp = trainers(1000);

describe('<gpt-trainer>', () => {
  it('opens the model when it is seen, and says what it is before anything is trained', async () => {
    const setup = await setUp();
    await isIdle(setup);
    const {harness} = setup;
    expect(harness.label).to.equal('Train');
    expect(harness.state).to.equal('Ready.');
    expect(harness.count).to.equal('step 0 of 12');
    expect(harness.figures).to.deep.equal({
      'Training loss': '–',
      'Validation loss': '–',
      Perplexity: '–',
      Speed: '–',
    });
    expect(harness.fact('Text')).to.equal('pasted text, 2,000 characters');
    expect(harness.fact('Settings')).to.equal('12 steps of 4 windows, learning rate 0.01');
    expect(harness.fact('Runs on')).to.contain('JavaScript');
  });

  it('shows the lines that ran, and those that would run elsewhere', async () => {
    const setup = await setUp();
    await isIdle(setup);
    const {harness} = setup;
    await harness.showCode();
    expect(harness.pieces.value).to.equal('training-step');
    expect(harness.code).to.contain('lossAndGradient');
    await harness.choosePiece('kernel-adamw');
    expect(harness.code).to.contain('theta[at]');
    const [first, ...others] = codePieces('plan');
    expect(first!.name).to.equal('planned-step');
    expect(others.at(-1)!.name).to.equal('training-step');
  });

  it('trains to the end: losses, a sample, progress, words for a screen reader', async () => {
    const setup = await setUp();
    await isIdle(setup);
    const {harness, model, element} = setup;
    const actions: string[] = [];
    element.addEventListener('gpt-action', ({detail}) => actions.push(detail.name));
    await harness.go();
    await harness.until(() => harness.state.startsWith('Done'), 'the end');
    expect(actions).to.deep.equal(['train']);
    expect(harness.label).to.equal('Train further');
    expect(harness.count).to.equal('step 12 of 12');
    expect(harness.progress.value).to.equal(12);
    const {steps, evals, samples} = model.live.history;
    expect(evals.map(({step}) => step)).to.deep.equal([0, 4, 8, 12]);
    const mean = steps.reduce((sum, {loss}) => sum + loss, 0) / steps.length;
    expect(harness.figures['Training loss']).to.equal(mean.toFixed(3));
    expect(harness.figures['Validation loss']).to.equal(evals.at(-1)!.validation.loss.toFixed(3));
    expect(harness.figures.Perplexity).to.equal(Math.exp(evals.at(-1)!.validation.loss).toFixed(1));
    expect(samples.map(({step}) => step)).to.deep.equal([1, 6, 12]);
    expect(harness.sample.moment).to.equal('After 12 steps it writes');
    expect(harness.sample.text).to.equal(samples.at(-1)!.text.replace(/\s+/g, ' ').trim());
    expect(harness.announced).to.equal('Done: 12 steps.');
    // Back to the gibberish of the beginning.
    await harness.enter('.scrubber input', '0');
    expect(harness.sample.moment).to.equal('After 1 step it writes');
    expect(harness.sample.text).to.equal(samples[0]!.text.replace(/\s+/g, ' ').trim());
    await harness.click('button.link');
    expect(harness.sample.moment).to.contain('12');
    // Once more as long.
    await harness.go();
    await harness.until(() => model.live.step === 24 && harness.state.startsWith('Done'), 'the second end');
    expect(harness.count).to.equal('step 24 of 24');
  });

  it('pauses, resumes, steps and stops', async () => {
    const setup = await setUp({steps: 100_000});
    await isIdle(setup);
    const {harness, model} = setup;
    await harness.click('button.step');
    await harness.until(() => model.live.step === 1, 'one step');
    await harness.go();
    await harness.until(() => harness.label === 'Pause' && model.live.step > 2, 'training');
    expect(harness.control('step').ariaDisabled).to.equal('true');
    await harness.go();
    await harness.until(() => harness.label === 'Resume', 'the pause');
    expect(harness.state).to.equal('Paused.');
    const {step} = model.live;
    await model.evaluate(); // the engine tells of a late step before it answers
    expect(model.live.step).to.equal(step);
    await harness.click('button.step');
    await harness.until(() => model.live.step === step + 1, 'one more step');
    await harness.go();
    await harness.until(() => model.live.step > step + 2, 'going on');
    await harness.click('button.stop');
    await harness.until(() => model.status === 'idle', 'the stop');
    await harness.until(() => harness.state === 'Stopped.', 'the word');
    expect(harness.label).to.equal('Train further');
    expect(harness.control('stop').ariaDisabled).to.equal('true');
  });

  it('takes a setting from the next step on while it trains, and refuses an impossible one in words', async () => {
    const setup = await setUp({steps: 100_000});
    await isIdle(setup);
    const {element, harness, model} = setup;
    const actions: string[] = [];
    element.addEventListener('gpt-action', ({detail}) => actions.push(detail.name));
    await harness.open('Settings');
    await harness.enter('#weightDecay', '0.2');
    expect(actions).to.deep.equal(['settings']);
    expect(harness.said).to.equal('Weight decay 0.2 applies when training starts.');
    await harness.go();
    await harness.until(() => model.live.step > 0, 'training');
    expect(model.live.facts!.training.weightDecay).to.equal(0.2);
    await harness.enter('#learningRate', '-3');
    expect(harness.said).to.match(/^Learning rate 0.001 applies from step \d+ on\.$/);
    await harness.until(() => model.live.facts!.training.learningRate === 0.001, 'the new rate');
    await harness.enter('#batchSize', '0');
    expect(harness.said).to.equal('Batch size can be a whole number from 1 to 512; it stays as it was.');
    expect(model.live.facts!.training.batchSize).to.equal(4);
    await harness.click('button.stop');
  });

  it('`<gpt-trainer>` gives attributes that change in mid-run to the run, and defaults for those removed', async () => {
    const setup = await setUp({steps: 100_000});
    await isIdle(setup);
    const {element, harness, model} = setup;
    await harness.go();
    await harness.until(() => model.live.step > 0, 'training');
    const options = () => model.live.facts!.training;
    element.addEventListener('gpt-action', ({detail}) => {
      if (detail.name === 'settings') throw new Error('The reader changed no setting.');
    });
    element.setAttribute('learning-rate', '0.002');
    element.setAttribute('weight-decay', '0.3');
    await harness.until(
      () => options().learningRate === 0.002 && options().weightDecay === 0.3,
      'both changes',
    );
    element.setAttribute('learning-rate', '0.003');
    await element.updateComplete;
    element.setAttribute('learning-rate', '0.004');
    await harness.until(() => options().learningRate === 0.004, 'the last of two quick changes');
    element.removeAttribute('weight-decay');
    await harness.until(() => options().weightDecay !== 0.3, 'the default');
    expect(model.status).to.equal('training');
    await harness.click('button.stop');
  });

  it('asks before it forgets more than fifty steps, keeps them saved, and takes them up again', async () => {
    const setup = await setUp({steps: 60, sampleInterval: 0, evalInterval: 60});
    await isIdle(setup);
    const {harness, model} = setup;
    await harness.go();
    await harness.until(() => harness.state.startsWith('Done'), 'the end');
    await harness.click('button.reset');
    expect(model.live.step).to.equal(60);
    await harness.click('button.keep');
    expect(harness.has('.question')).to.equal(false);
    await harness.click('button.reset');
    await harness.click('button.forget');
    await harness.until(() => model.live.step === 0 && harness.label === 'Continue', 'the reset');
    expect(harness.control('afresh').parentElement!.textContent).to.contain('60 steps');
    await harness.go();
    await harness.until(() => model.live.step === 60, 'the earlier run');
    expect(harness.label).to.equal('Train further');
  });

  it('resets at once where little is lost', async () => {
    const setup = await setUp();
    await isIdle(setup);
    const {harness, model} = setup;
    await harness.click('button.step');
    await harness.until(() => model.live.step === 1, 'a step');
    await harness.until(() => harness.field('button.reset').ariaDisabled === 'false', 'Reset to press');
    await harness.click('button.reset');
    await harness.until(() => model.live.step === 0, 'the reset');
    expect(harness.has('.question')).to.equal(false);
  });

  it('says how numbers are stored, where 16 bits are asked for', async () => {
    const setup = await setUp({precision: 'mixed', steps: 1});
    await isIdle(setup);
    const {harness, model, element} = setup;
    await harness.open('Runs on');
    expect(element.renderRoot.textContent).not.to.contain('bits');
    await harness.go();
    await harness.until(() => model.status === 'done', 'the step');
    expect(model.live.facts).to.include({kernels: 'reference', precision: 'float32'});
    expect(element.renderRoot.textContent).to.contain(
      'All numbers have 32 bits: the reference keeps none in 16.',
    );
    const panel = async (facts: Partial<ModelFacts>) => {
      Object.assign(model.live.facts!, {kernels: 'plan', ...facts});
      model.live.dispatchEvent(new CustomEvent('gpt-facts'));
      await element.updateComplete;
      return element.renderRoot.textContent;
    };
    expect(await panel({precision: 'mixed'})).to.contain(
      'keeps for the backward pass has 16 bits per number',
    );
    expect(harness.fact('Runs on')).to.match(/, 16 bits$/);
    expect(await panel({precision: 'float32'})).to.contain(
      'in 16 this device computes too far from the reference',
    );
    expect(harness.fact('Runs on')).not.to.contain('bits');
  });

  it('frees the page’s default model with the last element that shows it', async () => {
    const element = await fixture<GptTrainer>(html`<gpt-trainer on-demand></gpt-trainer>`);
    const harness = new GptTrainerHarness(element);
    await harness.until(() => getModel('default') !== undefined, 'the default model');
    const parent = element.parentElement!;
    element.remove();
    parent.append(element); // a move
    await aTimeout(0); // after the timer of the element that left: timers run in order
    expect(getModel('default')).not.to.equal(undefined);
    element.remove();
    await harness.until(() => getModel('default') === undefined, 'the end of the model');
  });

  it('has attributes for what a teacher leaves out', async () => {
    const setup = await setUp();
    await isIdle(setup);
    const {element, harness} = setup;
    const parts = {
      'without-settings': 'details:nth-of-type(3)',
      'without-corpus': 'details:nth-of-type(2)',
      'without-sample': '.sample',
      'without-figures': '.figures',
      'without-backend': 'details',
      'without-step': 'button.step',
      'without-reset': 'button.reset',
      'without-lead': '.lead',
      'without-footer': '.footer',
    };
    for (const [attribute, selector] of Object.entries(parts)) {
      expect(harness.has(selector), `${selector} before ${attribute}`).to.equal(true);
      element.toggleAttribute(attribute, true);
      await element.updateComplete;
      expect(harness.has(selector), `${selector} with ${attribute}`).to.equal(false);
    }
    element.learningRate = 0.5;
    await element.updateComplete;
    expect(element.getAttribute('learning-rate')).to.equal('0.5');
  });

  it('is small when compact', async () => {
    const setup = await setUp({compact: true});
    await isIdle(setup);
    const {harness} = setup;
    expect(harness.has('details')).to.equal(false);
    expect(harness.has('.figures')).to.equal(false);
    expect(harness.has('.sample')).to.equal(true);
    await harness.go();
    await harness.until(() => harness.state.startsWith('Done'), 'the end');
  });

  it('says where “for” names no model', async () => {
    const element = await fixture<GptTrainer>(html`<gpt-trainer for="nobody"></gpt-trainer>`);
    const harness = new GptTrainerHarness(element);
    await harness.until(() => harness.error.includes('names no <gpt-model>'), 'the sentence');
  });

  it('lets go of the model when it leaves the page, and training goes on', async () => {
    const setup = await setUp({steps: 100_000});
    await isIdle(setup);
    const {harness, model, element} = setup;
    await harness.go();
    await harness.until(() => model.live.step > 0, 'training');
    element.remove();
    let renders = 0;
    element.requestUpdate = () => void renders++;
    const beside = new GptTrainerHarness(document.createElement('gpt-trainer'));
    model.append(beside.element);
    const shown = () => Number(/step ([\d,]+)/.exec(beside.count)?.[1]?.replace(',', ''));
    const news = async () => {
      const {step} = model.live;
      await beside.until(() => shown() > step, 'news');
    };
    await news();
    renders = 0; // what was asked before it left may still have been answered
    await news();
    expect(renders).to.equal(0);
    await model.stop();
  });

  it('is accessible, idle, trained and with everything open', async () => {
    const setup = await setUp();
    await isIdle(setup);
    const {harness, element} = setup;
    await expect(element).to.be.accessible();
    await harness.go();
    await harness.until(() => harness.state.startsWith('Done'), 'the end');
    for (const name of ['Text', 'Model', 'Settings', 'Runs on']) {
      await harness.open(name);
      await expect(element).to.be.accessible();
    }
  });
});
