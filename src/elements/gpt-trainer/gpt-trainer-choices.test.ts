import {expect, fixture, html} from '@open-wc/testing';
import {getModel} from '../../state/index.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {GptTrainerHarness} from './gpt-trainer.harness.js';
import {isIdle, TEXT, trainers} from './testing/tiny-trainer.js';

const setUp = trainers(2000);

describe('<gpt-trainer>, where another text or model is chosen', () => {
  it('makes another model only when that is applied, and counts it before', async () => {
    const setup = await setUp();
    await isIdle(setup);
    const {harness, model} = setup;
    await harness.click('button.step');
    await harness.until(() => model.live.step === 1, 'a step');
    await harness.open('Model');
    const apply = () => harness.field<HTMLButtonElement>('.apply button');
    expect(apply().disabled).to.equal(true);
    const own = [...harness.field<HTMLSelectElement>('#preset').options].find(({value}) => value === 'nano')!;
    expect(own.textContent).to.contain(model.live.facts!.parameters.toLocaleString('en'));
    await harness.enter('#seed', '77');
    expect(model.live.facts!.seed).not.to.equal(77);
    expect(apply().disabled).to.equal(false);
    apply().click();
    await harness.until(() => model.live.facts?.seed === 77, 'the new model');
    expect(model.live.step).to.equal(0);
    expect(model.live.config!.embDim, 'the author’s numbers stay with the preset').to.equal(16);
  });

  it('learns from a pasted text, and keeps the old one where the new one is none', async () => {
    const setup = await setUp();
    await isIdle(setup);
    const {harness, model} = setup;
    await harness.open('Text');
    await harness.click('input[value="paste"]');
    await harness.enter('textarea', 'too short');
    harness.field<HTMLButtonElement>('.apply button').click();
    await harness.until(() => harness.error.includes('too short to learn from'), 'the sentence');
    expect(model.live.facts!.corpus.characters).to.equal(TEXT.length);
    await harness.enter('textarea', 'mia has a kite. max has a ball. '.repeat(30));
    expect(harness.error).to.equal('');
    harness.field<HTMLButtonElement>('.apply button').click();
    await harness.until(() => model.live.facts?.corpus.characters === 960, 'the new text');
    expect(harness.fact('Text')).to.equal('pasted text, 960 characters');
  });

  it('reads a dropped file, and says why a picture is none', async () => {
    const setup = await setUp();
    await isIdle(setup);
    const {harness, model} = setup;
    await harness.drop(new File([new Uint8Array(500)], 'cat.png'));
    await harness.until(() => harness.error.includes('“cat.png” is not a text'), 'the sentence');
    await harness.drop(new File(['a tale of two cats. '.repeat(40)], 'cats.txt'));
    await harness.until(() => harness.fact('Text') !== '' && !harness.error, 'the file');
    const take = () => harness.field<HTMLButtonElement>('.apply button');
    await harness.until(() => !take().disabled, 'the button');
    take().click();
    await harness.until(() => model.live.facts?.corpus.name === 'cats.txt', 'the new text');
  });

  it('says what is wrong with a model, and goes back to a text that works', async () => {
    const setup = await setUp({}, 'a text of one line');
    const {harness, model} = setup;
    await harness.until(() => harness.error !== '', 'the sentence');
    expect(model.status).to.equal('error');
    expect(harness.control('remedy').textContent).to.equal('Choose another text');
    await harness.click('button.remedy');
    await harness.until(() => harness.has('input[value="paste"]'), 'the form');
  });

  it('offers a larger model where the device is quick enough', async () => {
    const setup = await setUp();
    const {harness, model, element} = setup;
    model.configChoice = '';
    await harness.until(() => model.config?.embDim === 48 && model.status === 'idle', 'the preset');
    expect(harness.has('.suggestion')).to.equal(false);
    model.live.backend = {...model.backend!, suggestedPreset: 'mini'};
    model.live.dispatchEvent(new CustomEvent('gpt-facts'));
    await element.updateComplete;
    expect(harness.control('suggestion').textContent).to.contain('Switch to mini');
    await harness.click('button.suggestion');
    expect(model.live.spec.preset).to.equal('mini');
    await harness.until(() => model.live.config?.embDim === 128, 'the larger model');
  });

  it('offers the reader’s own model again after a reload', async () => {
    const setup = await setUp();
    await isIdle(setup);
    const {harness, model} = setup;
    await harness.open('Text');
    await harness.click('input[value="paste"]');
    await harness.enter('textarea', 'mia has a kite. max has a ball. '.repeat(30));
    harness.field<HTMLButtonElement>('.apply button').click();
    await harness.until(() => model.live.facts?.corpus.characters === 960, 'the new text');
    await harness.click('button.step');
    await harness.until(() => model.live.step === 1, 'a step');
    model.remove();
    await harness.until(() => getModel(model.live.name) === undefined, 'the name to be free');
    // The same page again: the author's model, under the same name.
    const again = await setUp({}, TEXT, {id: model.live.name, seed: model.seed});
    await again.harness.until(() => again.harness.has('button.own'), 'the offer');
    expect(again.model.live.spec.corpus).to.deep.include({text: TEXT});
    await again.harness.click('button.own');
    await again.harness.until(() => again.model.live.facts?.corpus.characters === 960, 'the own text');
    await again.harness.until(() => !again.harness.has('button.own'), 'the offer to be gone');
  });

  it('goes on with an earlier run by one step, too, rather than saving a first step in its place', async () => {
    const setup = await setUp();
    await isIdle(setup);
    const {harness, model} = setup;
    const isFree = () => harness.field('button.step').ariaDisabled !== 'true';
    for (let step = 1; step <= 3; step++) {
      await harness.until(isFree, 'the step before to be answered');
      await harness.click('button.step');
      await harness.until(() => model.live.step === step, `step ${step}`);
    }
    await harness.until(() => harness.field('button.reset').ariaDisabled === 'false', 'Reset to press');
    await harness.click('button.reset');
    await harness.until(() => model.live.step === 0 && harness.label === 'Continue' && isFree(), 'the reset');
    await harness.click('button.step');
    await harness.until(() => model.live.step === 4, 'the fourth step');
  });

  it('brings the trained weights back after they were taken away', async () => {
    const model = await fixture<GptModel>(html`
      <gpt-model pretrained="tiny-tales" backend="cpu"><gpt-trainer></gpt-trainer></gpt-model>
    `);
    const harness = new GptTrainerHarness(model.querySelector('gpt-trainer')!);
    const reset = () => harness.field<HTMLButtonElement>('button.reset');
    const says = (label: string) =>
      harness.until(() => reset().textContent === label && reset().ariaDisabled === 'false', label);
    await says('Start untrained');
    await harness.click('button.reset');
    await says('Back to trained');
    expect(model.live.facts!.pretrained).to.equal(undefined);
    await harness.click('button.reset');
    await says('Start untrained');
    expect(model.live.facts!.pretrained).to.equal('tiny-tales');
  });

  it('says of a model that comes trained that its steps are further ones', async () => {
    const model = await fixture<GptModel>(html`
      <gpt-model pretrained="tiny-tales" backend="cpu"><gpt-trainer steps="12"></gpt-trainer></gpt-model>
    `);
    const harness = new GptTrainerHarness(model.querySelector('gpt-trainer')!);
    await harness.until(() => harness.state === 'Trained in advance.', 'the trained model');
    expect(harness.count).to.equal('0 of 12 further steps');
  });
});
