import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../gpt-model/gpt-model.js';
import {steppedTime} from '../../ui/testing/stepped-time.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {topKStops} from './sampling-controls.js';
import './text-generator.js';
import {TextGeneratorHarness} from './text-generator.harness.js';
import type {TextGenerator} from './text-generator.js';

const TEXT = 'one two three four five six seven eight nine ten. '.repeat(20);

async function setUp(attributes: Partial<TextGenerator> = {}) {
  const model = await fixture<GptModel>(html`
    <gpt-model backend="cpu" .text=${TEXT} config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 8}'>
      <text-generator prompt="one " max-new-tokens="6"></text-generator>
    </gpt-model>
  `);
  const element = model.querySelector('text-generator')!;
  Object.assign(element, attributes);
  const harness = new TextGeneratorHarness(element);
  await harness.until(() => harness.bars.length > 0 || harness.error !== '', 'the first look');
  return {model, element, harness};
}

/** Writes a few tokens beside the element: one that still wrote would get on meanwhile. */
async function writeBeside(model: GptModel): Promise<void> {
  for await (const _ of model.generate({prompt: 'one ', maxNewTokens: 8}));
}

describe('<text-generator>', () => {
  it('shows what comes next before anything is written: the model’s own probabilities', async () => {
    const {model, harness} = await setUp({temperature: 1});
    const {logits} = await model.trace({text: 'one ', want: ['logits']});
    const size = model.config!.vocabSize;
    const last = [...logits!.data.slice(-size)].map((logit, id) => ({logit, id}));
    const sum = last.reduce((total, {logit}) => total + Math.exp(logit), 0);
    last.sort((a, b) => b.logit - a.logit);
    const expected = last.slice(0, 8).map(({logit}) => Number((Math.exp(logit) / sum).toFixed(3)));
    await harness.until(() => harness.bars[0]?.probability === expected[0], 'temperature 1');
    expect(harness.bars.map(({probability}) => probability)).to.deep.equal(expected);
    expect(harness.bars[0]!.name.replace('·', ' ')).to.equal(model.tokenizer!.token(last[0]!.id));
  });

  it('re-shapes the bars with temperature, top-k and top-p', async () => {
    const {harness} = await setUp({temperature: 1});
    const soft = harness.bars[0]!.probability;
    await harness.slide('temperature', 0.1);
    await harness.until(() => harness.bars[0]!.probability > soft, 'a sharper choice');
    expect(harness.slider('temperature').shown).to.equal('0.10');
    await harness.slide('temperature', 1);
    await harness.slide('top-k', 2); // the third place on the slider
    expect(harness.element.topK).to.equal(3);
    await harness.until(() => harness.bars.length === 3, 'three bars');
    const total = harness.bars.reduce((sum, {probability}) => sum + probability, 0);
    expect(total).to.be.closeTo(1, 0.002);
    await harness.slide('top-k', Number(harness.slider('top-k').input.max));
    expect(harness.slider('top-k').shown).to.equal('off');
    await harness.until(() => harness.bars.length === 8, 'all bars');
    await harness.slide('top-p', 0.1);
    await harness.until(() => harness.bars.length < 8, 'the nucleus');
    harness.element.setAttribute('top-p', '0');
    await harness.until(() => harness.bars.length === 1, 'the likeliest alone');
    harness.element.topP = undefined;
    await harness.until(() => harness.bars.length === 8, 'all bars again');
    await harness.slide('temperature', 0);
    await harness.until(() => harness.bars.length === 1, 'greedy');
    expect(harness.bars[0]!.probability).to.equal(1);
    expect(harness.slider('temperature').shown).to.equal('0 (greedy)');
  });

  it('writes token by token, the same text for the same seed, and tells it', async () => {
    const {harness, element} = await setUp();
    const tokens: string[] = [];
    const texts: string[] = [];
    element.addEventListener('gpt-token', ({detail}) => tokens.push(detail.text));
    element.addEventListener('gpt-text', ({detail}) => texts.push(detail.text));
    await harness.press('Generate');
    await harness.written(6);
    const {text} = element;
    expect(text).to.have.lengthOf(6);
    expect(harness.passage.replaceAll('↵\n', '\n')).to.equal(`one ${text}`);
    expect(tokens.join('')).to.equal(text);
    expect(texts).to.deep.equal([text]);
    await element.generate();
    expect(element.text).to.equal(text);
    await harness.press('Continue');
    await harness.written(12);
    expect(element.text.startsWith(text)).to.equal(true);
  });

  it('writes where nothing else has opened the model before', async () => {
    const model = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${TEXT} config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 8}'>
        <text-generator without-bars max-new-tokens="3"></text-generator>
      </gpt-model>
    `);
    const element = model.querySelector('text-generator')!;
    const harness = new TextGeneratorHarness(element);
    await harness.until(() => !harness.button('Generate').disabled, 'the model');
    expect(model.status).to.equal('closed');
    await element.generate();
    expect(element.text).to.have.lengthOf(3);
  });

  it('forgets its text when the model is made from another one', async () => {
    const {harness, element, model} = await setUp();
    await element.generate();
    model.text = 'a b c d e one f g. '.repeat(30);
    await harness.until(() => element.text === '' && model.status === 'idle', 'the other model');
    await harness.until(() => harness.bars.length > 0, 'its bars');
  });

  it('rolls another seed', async () => {
    const {harness, element} = await setUp({temperature: 2, maxNewTokens: 20});
    await element.generate();
    const {seed, text} = element;
    await harness.press('Another');
    await harness.written(20);
    expect(element.seed).not.to.equal(seed);
    expect(element.text).not.to.equal(text);
  });

  it('shows what else could have come at any token, writes on from another choice, and undoes it', async () => {
    const {harness, element} = await setUp();
    await element.generate();
    await harness.written(6);
    const before = element.text;
    harness.tokens[2]!.click();
    await harness.until(() => harness.title.startsWith('What else'), 'the alternatives');
    const drawn = harness.bars.find((bar) => bar.drawn)!;
    expect(drawn.name.replace('·', ' ')).to.equal(before[2]);
    expect(harness.readout).to.contain(`with a probability of ${drawn.probability.toFixed(3)}`);
    const other = harness.bars.find((bar) => !bar.drawn)!;
    other.button.click();
    await harness.written(6);
    expect(element.text.slice(0, 2)).to.equal(before.slice(0, 2));
    expect(element.text[2]).to.equal(other.name.replace('·', ' ').replace('↵', '\n'));
    await harness.press('Undo');
    expect(element.text).to.equal(before);
    expect(harness.button('Undo').disabled).to.equal(true);
  });

  it('lets the reader choose every next token', async () => {
    const {harness, element} = await setUp();
    const chosen = harness.bars[1]!;
    chosen.button.click();
    await harness.until(() => harness.tokens.length === 1, 'the token');
    expect(element.text).to.equal(chosen.name.replace('·', ' ').replace('↵', '\n'));
    await harness.until(
      () => harness.bars.length > 0 && harness.title.startsWith('What comes next'),
      'the next',
    );
    await harness.press('Continue');
    await harness.written(7);
    expect(element.text).to.have.lengthOf(7);
  });

  it('is moved through with the arrow keys', async () => {
    const {harness, element} = await setUp();
    await element.generate();
    await harness.written(6);
    harness.tokens[0]!.focus();
    await sendKeys({press: 'ArrowRight'});
    await element.updateComplete;
    expect(harness.tokens[1]!.ariaSelected).to.equal('true');
    expect(harness.tokens.filter(({tabIndex}) => tabIndex === 0)).to.deep.equal([harness.tokens[1]]);
    await sendKeys({press: 'End'});
    await element.updateComplete;
    expect(harness.tokens[5]!.ariaSelected).to.equal('true');
    await sendKeys({press: 'Escape'});
    await element.updateComplete;
    expect(harness.title).to.contain('What comes next');
  });

  it('stops in the middle', async () => {
    const {model, harness, element} = await setUp({maxNewTokens: 2000});
    await harness.press('Generate');
    await harness.until(() => harness.tokens.length > 2, 'some tokens');
    await harness.press('Stop');
    const count = harness.tokens.length;
    await writeBeside(model);
    await element.updateComplete;
    expect(harness.tokens).to.have.lengthOf(count);
    expect(count).to.be.below(2000);
    expect(harness.button('Generate').disabled).to.equal(false);
  });

  it('says which character has no token, and keeps the prompt', async () => {
    const {harness} = await setUp();
    await harness.type('Prompt', 'one € ');
    await harness.until(() => harness.error.includes('“€” does not occur'), 'the sentence');
    expect(harness.textarea.value).to.equal('one € ');
    expect(harness.bars).to.have.lengthOf(0);
    await harness.type('Prompt', 'one ');
    await harness.until(() => harness.bars.length > 0 && harness.error === '', 'the bars');
  });

  it('starts from nothing, and says how', async () => {
    const {harness, element} = await setUp({prompt: ''});
    await harness.until(() => harness.readout.includes('starts a new line'), 'the sentence');
    await element.generate();
    expect(element.text).to.have.lengthOf(6);
  });

  it('says where the prompt is longer than what the model can read', async () => {
    const {harness} = await setUp({prompt: 'one two three four'});
    await harness.until(() => harness.readout.includes('reads only the last 8 tokens'), 'the sentence');
  });

  it('follows the model while it trains, and with “live” writes anew', async () => {
    const {model, harness, element} = await setUp({live: true});
    const before = harness.bars.map(({probability}) => probability).join();
    await model.train({steps: 30, batchSize: 4, evalInterval: 10, sampleInterval: 0, saveInterval: 0});
    await harness.until(() => element.text.length === 6, 'a text');
    await harness.until(() => model.status === 'done', 'the end');
    await harness.until(
      () => harness.bars.length > 0 && harness.bars.map(({probability}) => probability).join() !== before,
      'other bars',
    );
  });

  it('has attributes for everything a teacher sets or leaves out', async () => {
    const {harness, element} = await setUp();
    for (const [attribute, selector] of Object.entries({
      'without-prompt': 'textarea',
      'without-controls': '.sampling',
      'without-bars': '.bars',
      'without-lead': '.lead',
      'without-footer': '.footer',
    })) {
      expect(harness.has(selector), `${selector} before`).to.equal(true);
      element.toggleAttribute(attribute, true);
      await element.updateComplete;
      expect(harness.has(selector), `${selector} after`).to.equal(false);
    }
    element.setAttribute('top-k', '5');
    element.setAttribute('temperature', '0.3');
    expect(element.topK).to.equal(5);
    element.maxNewTokens = 9;
    await element.updateComplete;
    expect(element.getAttribute('max-new-tokens')).to.equal('9');
  });

  it('stops writing when it leaves the page', async () => {
    const {model, harness, element} = await setUp({maxNewTokens: 5000});
    await harness.press('Generate');
    await harness.until(() => harness.tokens.length > 2, 'some tokens');
    element.remove();
    const {text} = element;
    await writeBeside(model);
    expect(element.text).to.equal(text);
  });

  it('says “Copied” for four seconds after the last of several copies', async () => {
    const {harness} = await setUp();
    await harness.press('Generate');
    await harness.written(6);
    const {clipboard} = navigator;
    Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: async () => {}}});
    const time = steppedTime(4000);
    try {
      for (let copy = 0; copy < 3; copy++) {
        await harness.press('Cop'); // “Copy” or “Copied”
        await harness.until(() => harness.hasButton('Copied'), 'the word');
        time.pass(1500);
        await harness.element.updateComplete;
        expect(harness.hasButton('Copied'), `after ${copy + 1}`).to.equal(true);
      }
      time.pass(2500);
      await harness.until(() => !harness.hasButton('Copied'), 'the word to go');
    } finally {
      time.restore();
      Object.defineProperty(navigator, 'clipboard', {configurable: true, value: clipboard});
    }
  });

  it('shows beside the button that copying failed', async () => {
    const {harness, element} = await setUp();
    await element.generate();
    await harness.written(6);
    const {clipboard} = navigator;
    Object.defineProperty(navigator, 'clipboard', {configurable: true, value: undefined});
    try {
      await harness.press('Copy');
      await harness.until(() => harness.words('.actions').includes('did not allow copying'), 'the sentence');
      expect(harness.has('.actions .visually-hidden')).to.equal(false);
    } finally {
      Object.defineProperty(navigator, 'clipboard', {configurable: true, value: clipboard});
    }
  });

  it('follows the weights again after it was moved while its bars waited to follow them', async () => {
    const {model, harness, element} = await setUp({temperature: 1});
    const weight = (await model.live.weights(['ln_f.weight'])).get('ln_f.weight')!;
    const scaled = (factor: number) =>
      model.live.setWeights({
        'ln_f.weight': {...weight, data: Float32Array.from(weight.data as Float32Array, (w) => w * factor)},
      });
    const shown = () => harness.bars.map(({name, probability}) => `${name} ${probability}`).join();
    await scaled(3);
    const box = document.createElement('div');
    model.append(box);
    box.append(element); // before the bars have followed
    const before = shown();
    await harness.until(() => shown() !== before, 'the bars of where it was put');
    const moved = shown();
    await scaled(9);
    await harness.until(() => shown() !== moved, 'the bars of the newest weights');
  });

  for (const withoutBars of [false, true])
    it(`writes the rest of a text that failed when it is tried again, ${withoutBars ? 'without' : 'with'} bars`, async () => {
      const {model, harness, element} = await setUp();
      element.withoutBars = withoutBars;
      const {live} = model;
      const generate = live.generate.bind(live);
      let asked = 0;
      live.generate = async function* (options) {
        asked++;
        for await (const token of generate({...options, maxNewTokens: 2})) yield token;
        delete (live as Partial<typeof live>).generate;
        throw new Error('The model could not answer.');
      };
      await element.generate();
      await harness.until(() => harness.error.includes('could not answer'), 'the sentence');
      expect(asked).to.equal(1);
      await harness.press('Try again');
      await harness.until(() => harness.tokens.length === 6, 'the rest');
      expect(harness.error).to.equal('');
    });

  it('shows the length in force where the reader’s is refused', async () => {
    const {harness} = await setUp({maxNewTokens: 1});
    await harness.enter('.length', -5);
    await harness.until(() => harness.field('.length').value === '1', 'the length in force');
  });

  it('is accessible, before and after writing', async () => {
    const {harness, element} = await setUp();
    await expect(element).to.be.accessible();
    await element.generate();
    await harness.written(6);
    harness.tokens[1]!.click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });
});

describe('the places of the top-k slider', () => {
  it('are dense where it matters, and few', () => {
    expect(topKStops(5)).to.deep.equal([1, 2, 3, 4]);
    const all = topKStops(50257);
    expect(all.slice(0, 12)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20]);
    expect(all.length).to.be.below(90);
    expect(all.every((k, i) => i === 0 || k > all[i - 1]!)).to.equal(true);
  });
});
