import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import type {LiveModel} from '../../state/index.js';
import {fromTokenizerJson} from '../../tokenizers/bpe/files.js';
import {BytePairTokenizer} from '../../tokenizers/bpe/tokenizer.js';
import {trainBPE} from '../../tokenizers/bpe/train.js';
import {savedFile} from '../../ui/testing/saved-file.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './bpe-trainer.js';
import {BpeTrainerHarness} from './bpe-trainer.harness.js';
import type {BpeTrainer} from './bpe-trainer.js';

const TEXT = 'the cat sat on the mat.\nthe hat that the cat sat on. '.repeat(30);
const END = ['<|endoftext|>'];

async function trained(template = html`<bpe-trainer merges="12" .text=${TEXT}></bpe-trainer>`) {
  const element = await fixture<BpeTrainer>(template);
  const harness = new BpeTrainerHarness(element);
  await harness.trained();
  return {element, harness};
}

describe('<bpe-trainer>', () => {
  it('shows the counts, the text and the vocabulary after every merge as training counted them', async () => {
    const {element, harness} = await trained();
    expect(element.learned).to.equal(12);
    for (const at of [0, 1, 5, 12]) {
      await harness.jump(at);
      const tokenizer = await trainBPE(TEXT, {merges: at, specialTokens: END});
      expect(element.spec).to.deep.equal(tokenizer.spec);
      const ids = tokenizer.encode(TEXT);
      // every pair that is shown stands so often side by side, within words, in the tokens of this moment
      expect(harness.readout).to.contain(`The text now has ${ids.length.toLocaleString('en')} tokens`);
      expect(harness.readout).to.contain(`${(TEXT.length / ids.length).toFixed(2)} characters on average`);
      expect(harness.tokens.join('')).to.equal(
        TEXT.slice(0, harness.tokens.join('').length).replaceAll(' ', '·').replaceAll('\n', '↵'),
      );
      expect(harness.vocabulary).to.have.length(at);
      expect(harness.vocabularySize).to.equal(`Vocabulary: ${tokenizer.vocabSize} tokens`);
    }
  });

  it('draws the pairs as bars and frames the next one in the text', async () => {
    const {harness} = await trained();
    const next = await trainBPE(TEXT, {merges: 1});
    const [first, second] = next.spec.merges[0]!.split(' ');
    const count = TEXT.split(first! + second!).length - 1;
    expect(harness.pairs[0]).to.equal(`${first} ${second} ${count}`);
    expect(harness.pairs).to.have.length(10);
    for (const [i, width] of harness.bars.entries()) {
      const counted = Number(harness.pairs[i]!.split(' ').at(-1)!.replaceAll(',', ''));
      expect(width).to.be.closeTo(counted / count, 1e-4);
    }
    expect(new Set(harness.framed)).to.deep.equal(new Set([`${first}|${second}`]));
    expect(harness.framed).to.have.length(harness.tokens.join('').split(first! + second!).length - 1);
  });

  it('steps forward, back, to the ends and anywhere, and describes the merge', async () => {
    const {element, harness} = await trained();
    expect(harness.button('Back').ariaDisabled).to.equal('true');
    await harness.press('Next');
    expect(element.step).to.equal(1);
    expect(harness.readout).to.match(/^Merge 1 made “at” \(id 256\) from “a” \+ “t”\./);
    expect(harness.vocabulary).to.deep.equal(['at256']);
    expect(harness.tokens).to.include('at');
    await harness.press('Back');
    expect(harness.tokens).to.not.include('at');
    await harness.press('Last');
    expect(element.step).to.equal(12);
    expect(harness.button('Next').ariaDisabled).to.equal('true');
    await harness.press('First');
    expect(element.step).to.equal(0);
    const moved = oneEvent(element, 'gpt-merges');
    await harness.clickChart(0.5);
    expect((await moved).detail.merges).to.equal(element.step);
    expect(element.step).to.be.within(4, 9);
  });

  it('plays to the end and stops there', async () => {
    const {element, harness} = await trained(
      html`<bpe-trainer merges="12" speed="64" .text=${TEXT}></bpe-trainer>`,
    );
    await harness.press('Play');
    expect(harness.hasButton('Pause')).to.equal(true);
    await harness.until(() => element.step === 12, 'the last merge');
    await harness.until(() => harness.hasButton('Play'), 'the end of playing');
  });

  it('describes the highlighted pair or token', async () => {
    const {element, harness} = await trained();
    await harness.pointAtPair(1);
    expect(harness.readout).to.contain('is followed by').and.to.contain('in the whole text');
    const [first, second] = harness.pairs[1]!.split(' ');
    expect(new Set(harness.framed)).to.deep.equal(new Set([`${first}|${second}`]));
    await harness.jump(3);
    await harness.pointAtToken('at');
    expect(harness.readout).to.match(/^Token 256, “at”, occurs \d+ times.* Merge 1 made it from “a” and “t”/);
    await harness.pointAtToken('m');
    expect(harness.readout).to.contain('It is a single byte');
    const text = element.shadowRoot!.querySelector<HTMLElement>('.text')!;
    text.dispatchEvent(new PointerEvent('pointerleave'));
    text.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true, cancelable: true}));
    await element.updateComplete;
    expect(harness.readout).to.contain(`“${harness.tokens[0]}”`);
  });

  it('starts at the step that the page sets, and so does the slider', async () => {
    const {element, harness} = await trained(
      html`<bpe-trainer merges="12" step="7" .text=${TEXT}></bpe-trainer>`,
    );
    expect(harness.readout).to.contain('Merge 7 made');
    expect(element.shadowRoot!.querySelector<HTMLInputElement>('input[type=range]')!.value).to.equal('7');
  });

  it('learns another number of merges when asked, and says when pairs run out', async () => {
    const {element, harness} = await trained();
    await harness.jump(6);
    await harness.learn(500);
    await harness.until(() => element.learned > 12, 'more merges');
    expect(element.step).to.equal(6);
    await element.updateComplete;
    expect(element.shadowRoot!.textContent).to.contain(
      `After ${element.learned} merges, no pair was frequent enough.`,
    );
    await harness.press('Last');
    expect(harness.readout).to.contain('No remaining pair');
  });

  it('says what is wrong with a text, and tries again', async () => {
    const element = await fixture<BpeTrainer>(html`<bpe-trainer text="short"></bpe-trainer>`);
    const harness = new BpeTrainerHarness(element);
    await harness.until(() => harness.readout !== '', 'the sentence');
    await harness.until(() => harness.readout.includes('too short'), 'the error');
    element.text = TEXT;
    await harness.trained();
    expect(harness.pairs).to.have.length(10);
  });

  it('shows markup as text', async () => {
    const bad = '<img src=x onerror="window.hacked=1"> \u0007\u0000 <script>1</script> é世🦕 '
      .replace('\u0000', '')
      .repeat(20);
    const {element, harness} = await trained(
      html`<bpe-trainer merges="40" step="40" .text=${bad}></bpe-trainer>`,
    );
    expect(element.shadowRoot!.querySelector('.text img, .text script')).to.equal(null);
    expect(harness.tokens.join('')).to.contain('<img');
    expect(harness.tokens.join('')).to.not.match(/\p{Cc}/u);
  });

  it('fetches nothing from a web address until the reader asks for it', async () => {
    const provider = await fixture<GptModel>(html`
      <gpt-model corpus="/src/elements/bpe-trainer/bpe-trainer.test.ts"><bpe-trainer merges="20"></bpe-trainer></gpt-model>
    `);
    const harness = new BpeTrainerHarness(provider.querySelector('bpe-trainer')!);
    await harness.until(() => harness.readout.includes('on another server'), 'the question');
    await harness.press('Download it and train');
    await harness.trained();
    expect(harness.element.learned).to.equal(20);
  });

  it('is accessible', async () => {
    const {element, harness} = await trained();
    await harness.jump(5);
    await expect(element).to.be.accessible();
  });

  it('fits in 320 px without horizontal scrolling', async () => {
    const box = await fixture(
      html`<div style="width: 320px"><bpe-trainer merges="12" .text=${TEXT}></bpe-trainer></div>`,
    );
    const element = box.querySelector<BpeTrainer>('bpe-trainer')!;
    await new BpeTrainerHarness(element).trained();
    expect(element.scrollWidth).to.be.at.most(320);
  });
});

describe('<bpe-trainer> with a model', () => {
  const model = async (): Promise<{live: LiveModel; harness: BpeTrainerHarness}> => {
    const provider = await fixture<GptModel>(html`
      <gpt-model
        backend="cpu"
        .text=${TEXT}
        config='{"embDim": 8, "nHeads": 2, "nLayers": 1, "contextLength": 8}'
      >
        <bpe-trainer merges="12" step="12"></bpe-trainer>
      </gpt-model>
    `);
    const harness = new BpeTrainerHarness(provider.querySelector('bpe-trainer')!);
    await harness.trained();
    return {live: provider.live, harness};
  };

  it('trains on the model’s text without opening the model', async () => {
    const {live, harness} = await model();
    expect(live.status).to.equal('closed');
    expect(harness.readout).to.contain('Merge 12');
  });

  it('gives its tokens to the model, which then uses them, and undoes that', async () => {
    const {live, harness} = await model();
    const told = oneEvent(harness.element, 'gpt-tokenizer');
    await harness.press('Use these 269 tokens');
    expect((await told).detail.spec).to.equal(harness.element.spec);
    await harness.until(() => harness.adopted.includes('now uses these 269 tokens'), 'the model');
    expect(live.config!.vocabSize).to.equal(269);
    const own = new BytePairTokenizer(harness.element.spec!);
    expect(live.facts!.corpus.tokens).to.equal(
      own.encode(live.spec.corpus.kind === 'text' ? live.spec.corpus.text : '').length,
    );
    expect(live.encode('the cat')).to.deep.equal(own.encode('the cat'));
    const fact = await live.stepOnce();
    expect(fact.loss).to.be.closeTo(Math.log(269), 0.5);
    await harness.press('Undo');
    await harness.until(() => live.status === 'idle' && live.config?.vocabSize !== 269, 'the old model');
    expect(live.facts!.tokenizer.kind).to.equal('char');
  });

  it('asks before training is lost, and undo restores it', async () => {
    const {live, harness} = await model();
    await live.stepOnce();
    await live.stepOnce();
    const before = (await live.weights(['wte.weight'])).get('wte.weight')!.data;
    await harness.press('Use these');
    expect(harness.question).to.contain('its 2 steps of training');
    expect(live.spec.tokenizer).to.equal(undefined);
    await harness.press('Keep the model');
    expect(harness.question).to.equal('');
    await harness.press('Use these');
    await harness.press('Reset the model');
    await harness.until(() => harness.adopted.includes('starts untrained'), 'the new model');
    expect(live.step).to.equal(0);
    await harness.press('Undo');
    await harness.until(() => live.step === 2, 'the old training');
    expect((await live.weights(['wte.weight'])).get('wte.weight')!.data).to.deep.equal(before);
    await live.discard();
  });

  it('says that Undo does not restore training which the browser could not save', async () => {
    const {live, harness} = await model();
    await live.stepOnce();
    Object.defineProperty(live, 'save', {
      configurable: true,
      value: () => Promise.reject(new Error('no room')),
    });
    try {
      await harness.press('Use these');
      await harness.press('Reset the model');
      await harness.until(
        () => harness.adopted.includes('could not save the trained weights'),
        'the sentence',
      );
    } finally {
      Reflect.deleteProperty(live, 'save');
    }
  });

  it('saves a tokenizer.json that Hugging Face loads', async () => {
    const {harness} = await model();
    const {name, content} = await savedFile(harness.root, 'Save tokenizer.json');
    expect(name).to.equal('tokenizer.json');
    expect(fromTokenizerJson(await content.text()).spec).to.deep.equal(harness.element.spec);
  });
});
