import {expect, fixture, html} from '@open-wc/testing';
import {announceClassifier} from '../../state/classifier-of.js';
import {createModel, removeModel} from '../../state/registry.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import type {PaddedData} from './padded-rows.js';
import {paddingWords} from './padding-words.js';
import './padding-view.js';
import {PaddingViewHarness} from './padding-view.harness.js';

const CONFIG = '{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 12}';
const TEXT = 'a cat sat. a dog ran. '.repeat(20);

async function setUp() {
  const model = await fixture<GptModel>(html`
    <gpt-model backend="cpu" seed="3" config=${CONFIG} .text=${TEXT}
      ><padding-view messages=${'cat\na dog ran.\na cat sat. a dog'} length="10"></padding-view
    ></gpt-model>
  `);
  const harness = new PaddingViewHarness(model.querySelector('padding-view')!);
  await harness.drawn();
  return {model: model.live, harness};
}

describe('<padding-view>', () => {
  it('shows padding, cut tokens, and where the head reads', async () => {
    const {harness} = await setUp();
    expect(harness.rows).to.deep.equal(['###......[.]', '#########[#]', '#########[#]xx']);
    await harness.readAt('last-token');
    expect(harness.rows).to.deep.equal(['##[#].......', '#########[#]', '#########[#]xx']);
    await harness.setLength(12);
    expect(harness.rows[0]).to.equal('##[#].........');
    expect(harness.verdicts.slice(0, 2)).to.deep.equal(['1.00', '1.00']);
    await harness.readAt('last-position');
    expect(Number(harness.verdicts[0])).to.be.below(1);
    expect(harness.marks[0]).to.equal('✓ ✗');
    expect(harness.text).to.include('whatever stands there');
    expect(harness.words('.legend')).to.include('what the classifier has seen at the row’s end');
  });

  it('says which messages it does not show, shows them on request, and says what the context cuts', async () => {
    const {harness} = await setUp();
    const long = 'a cat sat. a dog ran.';
    await harness.write(`${long}\n${'cat\n'.repeat(19)}`);
    await harness.until(() => harness.rows.length === 8, 'eight rows');
    expect(harness.note).to.include('8 of 20 messages are shown');
    expect(harness.note).to.include(
      'Message 1 has 21 tokens; the model reads 12, so its last 9 tokens are cut off',
    );
    await harness.press('Show all 20');
    await harness.until(() => harness.rows.length === 20, 'twenty rows');
    expect(harness.note).not.to.include('are shown');
  });

  it('shows no former batch in place of an emptied text', async () => {
    const {harness} = await setUp();
    await harness.write(' ');
    expect(harness.rows).to.deep.equal([]);
    expect(harness.text).to.include('No message is left');
    await harness.write('a cat');
    await harness.until(() => harness.rows[0]?.startsWith('#####') === true, 'the new message');
  });

  it('says that the same message gets a different answer after its padding, in words for one and for many', () => {
    const at = (spam: number) => ({probs: [1 - spam, spam]});
    const row = {tokens: ['a', 'b'], cut: 0, readings: [at(0.5), at(0.99), at(0.8), at(0.2)]};
    const data: PaddedData = {rows: [row], messages: 1, context: 4, padding: '.', hasEnd: false, classes: ['ham', 'spam'], recordedSteps: 1}; // biome-ignore format: one line
    expect(paddingWords(data, 'last-position', 4)).to.equal(
      'Message 1 is spam 0.99 where it ends, and ham 0.80 after 2 tokens of padding: the same message, a different answer. ' +
        'So 1 of 1 messages is misread at the row’s end (✗). These answers are recorded: of a spam filter after 1 training step.',
    );
    expect(paddingWords({...data, recordedSteps: 600}, 'last-position', 3)).to.equal(
      'Padded to 3 tokens, no answer flips at the row’s end. At other lengths it does: move the slider. ' +
        'These answers are recorded: of a spam filter after 600 training steps.',
    );
  });

  it('shows what a classifier says at every padded length, and that the last token does not change its mind', async () => {
    const {model, harness} = await setUp();
    const classes = ['ham', 'spam'];
    const texts = ['a cat sat.', 'a dog ran.'].map((text, label) => ({text, label}));
    const {config, tokenizer} = await model.ready;
    const classifier = createModel('padding-view-test', {
      config,
      tokenizer,
      corpus: model.spec.corpus,
      seed: 5,
      task: {kind: 'classification', data: {kind: 'texts', classes, train: texts, validation: texts}},
    });
    await classifier.ready;
    announceClassifier(model, {model: classifier, classes});
    await harness.until(() => /ham|spam/.test(harness.verdicts[0]!), 'a verdict');
    const said = async (length: number) => {
      const options = {length, readAt: 'last-position' as const};
      const [probs] = await classifier.classify({texts: ['cat'], ...options});
      const called = probs!.indexOf(Math.max(...probs!));
      return `${classes[called]} ${probs![called]!.toFixed(2)}`;
    };
    for (const length of [5, 11]) {
      await harness.setLength(length);
      expect(harness.verdicts[0]).to.equal(await said(length));
    }
    await harness.readAt('last-token');
    const verdict = harness.verdicts[0];
    for (const length of [4, 12]) {
      await harness.setLength(length);
      expect(harness.verdicts[0]).to.equal(verdict);
    }
    expect(harness.readout).to.match(/no probability differs by more than/);
    announceClassifier(model, undefined);
    await harness.until(() => harness.verdicts[0] === '1.00', 'vectors compared again');
    await removeModel(classifier);
  });
});
