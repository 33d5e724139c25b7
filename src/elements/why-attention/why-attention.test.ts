import {expect, fixture, html} from '@open-wc/testing';
import {tinyTales} from '../../data/tiny-tales/index.js';
import {influenceByDistance, randomRecurrent, recurrentStates} from '../../math/recurrent.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {tokenVectors} from './bottleneck.js';
import {lookBacks, mostTelling} from './look-back.js';
import {summary} from './survey.js';
import {inWords} from './survey-view.js';
import './why-attention.js';
import {WhyAttentionHarness} from './why-attention.harness.js';
import type {WhyAttention} from './why-attention.js';
import {fateOf, rough} from './words.js';

const TOKENS = ['Mia', ' saw', ' a', ' kite', '.', ' She', ' hid', ' the', ' kite', '.', ' Tom', '.', ' She'];
const T = TOKENS.length;

/** Rows that sum to 1; `looks` places what some rows spend elsewhere than evenly. */
function head(looks: Record<number, Record<number, number>> = {}): number[][] {
  return Array.from({length: T}, (_, query) => {
    const given = looks[query] ?? {};
    const rest = 1 - Object.values(given).reduce((sum, share) => sum + share, 0);
    const others = query + 1 - Object.keys(given).length;
    return Array.from({length: T}, (_, key) => (key > query ? 0 : (given[key] ?? rest / others)));
  });
}

/** Layer 2, head 1 finds the hero; layer 1, head 2 the kite. */
const WEIGHTS = [
  [head(), head({7: {3: 0.9}})],
  [head({4: {0: 0.7}, 11: {0: 0.6}}), head()],
];

async function setUp(attributes: Partial<WhyAttention> = {}) {
  const element = await fixture<WhyAttention>(html`<why-attention></why-attention>`);
  Object.assign(element, {weights: WEIGHTS, tokens: TOKENS, ...attributes});
  await element.updateComplete;
  return {element, harness: new WhyAttentionHarness(element)};
}

describe('<why-attention>', () => {
  it('marks the words that have to look back, and begins with one that looks far', async () => {
    const {harness} = await setUp();
    expect(harness.looking).to.deep.equal(['·She', '·kite', '·She']);
    expect(harness.tokens.indexOf(harness.chosen!)).to.be.greaterThan(0);
    expect(harness.readouts[0])
      .to.contain(
        'To guess ·She the model has to look back: the hero’s name, and each pronoun since, settles',
      )
      .and.to.contain('the place before, ..')
      .and.to.contain('Mia is 11 tokens back')
      .and.to.contain('layer 2, head 1, spends 0.64')
      .and.to.contain('on the 2 mentions together, 0.60 of it on this one')
      .and.to.contain('an even spread would give 0.17');
    expect(harness.mentions).to.deep.equal(['Mia', '·She']);
    expect(harness.arcs).to.have.length(2);
  });

  it('shows every head’s share of the chosen word, beside an even spread', async () => {
    const {harness} = await setUp({open: 'distance'});
    await harness.choose(1);
    expect(harness.heads).to.deep.equal([
      ['layer 1, head 1', '0.13'],
      ['layer 1, head 2', '0.90'],
      ['layer 2, head 1', '0.13'],
      ['layer 2, head 2', '0.13'],
      ['an even spread', '0.13'],
    ]);
    expect(harness.best).to.equal('layer 1, head 2');
    expect(harness.readouts[0]).to.contain('only this tale’s thing fits').and.to.contain('4 tokens back');
    expect(harness.chart('shares')).to.contain('4 tokens back 0.90').and.to.contain('11 tokens back 0.60');
    expect(harness.allNumbers.map((row) => row.slice(0, 6))).to.deep.equal([
      ['·She', 'Mia', '4', 'layer 2, head 1', '0.700', '0.200'],
      ['·kite', '·kite', '4', 'layer 1, head 2', '0.900', '0.125'],
      ['·She', 'Mia and ·She', '6, 11', 'layer 2, head 1', '0.636', '0.167'],
    ]);
  });

  it('is moved with arrow keys, and by clicks on the chart', async () => {
    const {element, harness} = await setUp({open: 'distance'});
    await harness.key('Home');
    expect(element.word).to.equal(5);
    await harness.key('ArrowRight');
    expect(element.word).to.equal(8);
    expect(element.shadowRoot!.activeElement!.textContent).to.equal('·kite');
    await harness.key('End', 'ArrowRight');
    expect(element.word).to.equal(12);
    await harness.key('ArrowLeft');
    expect(harness.chosen).to.equal('·kite');
    await harness.clickDot(11, 0.6);
    expect(element.word).to.equal(12);
  });

  it('computes what the recurrent network feels, again when its strength or its weights change', async () => {
    const {element, harness} = await setUp({word: 12, open: 'bottleneck'});
    await harness.until(() => harness.computed, 'the network');
    const expected = (radius: number, seed: number): string => {
      const network = randomRecurrent(64, radius, seed);
      const steps = influenceByDistance(network, recurrentStates(network, tokenVectors(TOKENS, 64, seed)));
      let step = steps.next();
      while (!step.done) step = steps.next();
      return rough(step.value[11]! / step.value[0]!);
    };
    expect(harness.readouts[1])
      .to.contain(`feels ${expected(0.8, 1)} of what it feels`)
      .and.to.contain('a share of 0.60');
    await harness.setRadius(0.5);
    await harness.until(() => harness.readouts[1]!.includes(`feels ${expected(0.5, 1)} `), 'a weaker one');
    expect(harness.readouts[1]).to.contain('all but vanished');
    await harness.setRadius(1.5);
    await harness.until(() => harness.readouts[1]!.includes(`feels ${expected(1.5, 1)} `), 'a stronger one');
    expect(harness.readouts[1]).not.to.contain('vanished');
    await harness.press('Other random weights');
    await harness.until(() => harness.readouts[1]!.includes(`feels ${expected(1.5, 2)} `), 'another one');
    expect(element.seed).to.equal(2);
    expect(harness.chart('felt')).to.contain('1 token back').and.to.contain('10 tokens back');
  });

  it('takes links of the page’s own', async () => {
    const {harness} = await setUp({links: [{query: 9, keys: [1, 3]}]});
    expect(harness.looking).to.deep.equal(['·Tom']);
    expect(harness.mentions).to.deep.equal(['·saw', '·kite']);
    expect(harness.readouts[0]).to.contain('on the 2 mentions together');
    expect(harness.arcs).to.have.length(2);
  });

  it('says what is wrong with what it is given', async () => {
    const {element, harness} = await setUp({tokens: ['one']});
    expect(harness.text).to.contain('one row for each of the 1 “tokens”');
    element.tokens = TOKENS;
    element.links = [{query: 2, keys: [5]}];
    await element.updateComplete;
    expect(harness.text).to.contain('{query: 2, keys: [5]} does not');
    element.links = [];
    await element.updateComplete;
    expect(harness.readouts[0]).to.contain('In this text, no word is known to look back');
    element.weights = [[head().map((row) => row.map(() => 2))]];
    await element.updateComplete;
    expect(harness.text).to.contain('attention weights lie between 0 and 1');
  });

  it('is accessible, at 320 px too; data alone load neither tfjs nor a worker', async () => {
    const {element, harness} = await setUp();
    element.style.width = '320px';
    harness.root.querySelector<HTMLDetailsElement>('details:has(table.numbers, .scroll)')!.open = true;
    for (const open of ['distance', 'bottleneck'] as const) {
      element.open = open;
      await element.updateComplete;
      await harness.until(() => harness.isDrawn, 'the chart');
      await expect(element).to.be.accessible();
      expect(element.scrollWidth).to.be.at.most(320);
    }
    const loaded = performance.getEntriesByType('resource').map(({name}) => name);
    expect(loaded.filter((name) => /tensorflow|tfjs|\.worker/.test(name))).to.deep.equal([]);
  });

  it('folds what goes deeper away, computes it only when it is unfolded, and unfolds one part at a time', async () => {
    const {element, harness} = await setUp();
    const charts = () => harness.all('canvas.chart').map((canvas) => canvas.classList[1]);
    expect(charts()).to.deep.equal([]);
    expect(harness.readouts).to.have.length(1);
    harness.field('.of-distance summary').click();
    await harness.until(() => charts().includes('shares'), 'the chart of shares');
    expect(element.getAttribute('open')).to.equal('distance');
    harness.field('.of-bottleneck summary').click();
    await harness.until(() => harness.computed, 'the network');
    expect(charts()).to.deep.equal(['felt']);
    harness.field('.of-bottleneck summary').click();
    await harness.until(() => charts().length === 0, 'the chart to go');
    expect(element.open).to.equal('');
  });

  it('leaves the recurrent network out on request', async () => {
    const {harness} = await setUp({withoutBottleneck: true, open: 'bottleneck'});
    expect(harness.readouts).to.have.length(1);
    expect(harness.text).not.to.contain('recurrent network');
    expect(harness.has('.of-bottleneck')).to.equal(false);
  });

  it('measures the very attention of a model, on a tale of its corpus', async () => {
    const text = tinyTales({stories: 40}).text;
    const provider = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${text} tokenizer="word" config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 64}'>
        <why-attention open="bottleneck"></why-attention>
      </gpt-model>
    `);
    const element = provider.querySelector<WhyAttention>('why-attention')!;
    const harness = new WhyAttentionHarness(element);
    await harness.until(() => harness.looking.length > 0, 'a tale that looks back');
    const first = harness.tokens.join(' ');
    const {live: model} = provider;
    const ids = model.encode(harness.tokens.join(' '));
    const trace = await model.trace({ids, want: ['h.*.attn.probs']});
    const tokens = ids.map((id) => model.tokenizer!.token(id));
    const weights = [0, 1].map((n) => trace[`h.${n}.attn.probs`]!.data);
    const {shares, word} = mostTelling(lookBacks({tokens, heads: 2, weights}))!;
    expect(harness.tokens[word]).to.equal(harness.chosen);
    expect(harness.heads.slice(0, -1).map(([, share]) => share)).to.deep.equal(
      shares.map((share) => share.toFixed(2)),
    );
    await harness.until(() => harness.computed, 'the network');
    expect(harness.text).to.contain('one state of 16 numbers');
    await harness.press('Another tale');
    await harness.until(() => harness.tokens.join(' ') !== first, 'another tale');
    await harness.type('Text', 'Mia saw a kite.');
    await harness.until(() => harness.tokens.length === 5, 'the reader’s text');
    expect(harness.readouts[0]).to.contain('no word is known to look back');
    await harness.type('Text', '');
    await harness.until(() => harness.text.includes('Type a text'), 'what to do');
  });
});

describe('many tales', () => {
  const found = lookBacks({
    tokens: TOKENS,
    heads: 2,
    weights: WEIGHTS.map((layer) => Float32Array.from(layer.flat(2))),
  });

  it('are judged by one head for each kind of word', () => {
    const [pronoun, thing, ...rest] = summary(found);
    expect(rest).to.deep.equal([]);
    expect(pronoun).to.include({kind: 'pronoun', words: 2, best: 2});
    // Of the second: 0.6 on the name, and an eleventh of the rest on the first “She”.
    expect(pronoun!.share).to.be.closeTo((0.7 + 0.6 + 0.4 / 11) / 2, 1e-6);
    expect(pronoun!.even).to.be.closeTo((1 / 5 + 2 / 12) / 2, 1e-9);
    // The nearest word that settles it is 4 and 6 tokens back.
    expect(pronoun!.bands.map(({words}) => words)).to.deep.equal([2, 0, 0]);
    expect(pronoun!.bands[0]!.share).to.be.closeTo(pronoun!.share, 1e-9);
    expect(pronoun!.bands[1]!.share).to.equal(undefined);
    expect(thing).to.include({kind: 'thing', words: 1, best: 1});
    expect(summary([])).to.deep.equal([]);
  });

  it('are measured on request, and again after stopping', async () => {
    const provider = await fixture<GptModel>(html`
      <gpt-model backend="cpu" corpus="tiny-tales" tokenizer="word" config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 64}'>
        <why-attention tales="4" open="distance" without-bottleneck></why-attention>
      </gpt-model>
    `);
    const harness = new WhyAttentionHarness(provider.querySelector<WhyAttention>('why-attention')!);
    await harness.until(() => harness.text.includes('Measure 4 tales'), 'the button');
    await harness.press('Measure 4 tales');
    await harness.press('Stop');
    expect(harness.survey).to.deep.equal([]);
    await harness.press('Measure 4 tales');
    await harness.until(() => harness.survey.length === 3, 'what was found');
    for (const [, best, ...cells] of harness.survey) {
      expect(best).to.match(/^layer 1, head [12]$/);
      expect(cells.at(-2)).to.match(/^0\.\d\d of \d+$/);
      expect(cells.at(-1)).to.match(/^0\.\d\d$/);
    }
    expect(harness.text).to.contain('4 tales');
    await expect(harness.element).to.be.accessible();
  });
});

describe('what came out, in words', () => {
  it('says whether a share holds with distance, of enough words only', () => {
    const one = {words: 30, best: 0, share: 0.5, even: 0.1};
    const bands = (...shares: [number, number][]) => shares.map(([words, share]) => ({words, share}));
    const said = inWords([
      {...one, kind: 'pronoun', bands: bands([20, 0.5], [10, 0.1], [2, 0.9])},
      {...one, kind: 'thing', bands: bands([20, 0.7], [10, 0.8], [9, 0.6])},
      {...one, kind: 'name', bands: [...bands([20, 0.7]), {words: 0}, {words: 0}]},
    ]);
    expect(said).to.contain('a pronoun the share falls with distance (0.50 at 0–9 back, 0.10 at 10–19 back)');
    expect(said).to.contain(
      'the thing the share holds with distance (0.70 at 0–9 back, 0.60 at 20 and more back)',
    );
    expect(said).not.to.contain('a name');
    expect(inWords([{...one, kind: 'name', even: 0.4, bands: []}])).to.contain(
      'for a name no head looks there',
    );
    expect(inWords([])).to.equal('');
  });

  it('names what becomes of the first token', () => {
    const fate = (last: number) => fateOf(Float64Array.of(1, last), 96);
    expect(fate(1e-5)).to.contain('vanished');
    expect(fate(0.1)).to.contain('fades');
    expect(fate(1)).to.contain('the same 96 numbers');
    expect(fate(20)).to.contain('explode');
  });
});

describe('numbers in words', () => {
  it('have raised exponents', () => {
    expect(rough(3.14e-7)).to.equal('3.1 × 10⁻⁷');
    expect(rough(0.0314)).to.equal('0.031');
    expect(rough(4.2e7)).to.equal('4.2 × 10⁷');
  });
});
