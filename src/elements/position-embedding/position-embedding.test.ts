import {expect, fixture, html} from '@open-wc/testing';
import {sinusoidalPositions} from '../../math/sinusoidal.js';
import {readNumber} from '../../ui/testing/read-number.js';
import {until} from '../../ui/testing/until.js';
import {signedScale} from '../../viz/color.js';
import {readTheme} from '../../viz/theme.js';
import '../gpt-model/gpt-model.js';
import {savedWords} from '../../ui/testing/saved-file.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './position-embedding.js';
import {exampleVectors, PositionEmbeddingHarness} from './position-embedding.harness.js';
import type {PositionEmbedding} from './position-embedding.js';

const example = exampleVectors();

async function drawn(data: object = example, style = 'width: 1000px') {
  const element = await fixture<PositionEmbedding>(
    html`<position-embedding style=${style}></position-embedding>`,
  );
  Object.assign(element, data);
  const harness = new PositionEmbeddingHarness(element);
  await harness.drawn();
  return {element, harness};
}

async function live(layers: number, attributes: object = {}) {
  const provider = await fixture<GptModel>(html`
    <gpt-model backend="cpu" .text=${'the man chased the dog. Dog Man '.repeat(20)} config=${JSON.stringify({embDim: 16, nHeads: 2, nLayers: layers, contextLength: 32})}>
      <position-embedding></position-embedding>
    </gpt-model>
  `);
  const element = provider.querySelector<PositionEmbedding>('position-embedding')!;
  Object.assign(element, attributes);
  return {model: provider.live, element, harness: new PositionEmbeddingHarness(element)};
}

describe('<position-embedding> with given data', () => {
  it('<position-embedding> adds token vector and position vector, all three in one color scale', async () => {
    const {element, harness} = await drawn();
    expect(harness.views).to.deep.equal(['Token + position', 'Position vectors']);
    expect(harness.rows('sum-rows')[4]).to.equal('4 ·ball');
    expect(harness.readout).to.contain('·the is at positions 2 and 6: the same token vector');
    const scale = signedScale(readTheme(element), 0.1);
    const cell = Math.floor(harness.frame('sum-rows').querySelector('canvas')!.clientWidth / 16);
    for (const [row, column] of [
      [0, 0],
      [4, 7],
      [6, 15],
    ] as const) {
      const [token, position] = [
        Math.fround(example.tokenVectors[row]![column]!),
        Math.fround(example.positionVectors[row]![column]!),
      ];
      const values = {token, position, sum: Math.fround(token + position)};
      for (const [part, value] of Object.entries(values))
        expect(harness.color(`${part}-rows`, (column + 0.4) * cell, row * 18 + 4), part).to.equal(
          scale.color(value),
        );
    }
  });

  it('<position-embedding> highlights the same cell in all three tables and reads out the sum', async () => {
    const {harness} = await drawn();
    for (const pressed of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight'])
      await harness.keys('sum-rows', pressed);
    const text = harness.spoken('sum-rows');
    expect(text).to.contain('·the at position 2, number 2 of 16: ');
    expect([harness.spoken('token-rows'), harness.spoken('position-rows')]).to.deep.equal([text, text]);
    const numbers = /: (.+?) ([+−]) (.+?) = (.+)$/.exec(text)!.slice(1);
    const read = (index: number) => readNumber(numbers[index]!);
    expect(read(0) + (numbers[1] === '+' ? 1 : -1) * read(2)).to.be.closeTo(read(3), 2e-4);
    expect(read(3)).to.be.closeTo(example.tokenVectors[2]![1]! + example.positionVectors[2]![1]!, 2e-4);
    expect(harness.readout).to.equal(`${text}.`);
  });

  it('<position-embedding> compares learned positions with sinusoidal ones', async () => {
    const {element, harness} = await drawn();
    await harness.pick('positions');
    await harness.drawn();
    expect(element.view).to.equal('positions');
    const scale = signedScale(readTheme(element), 1);
    const waves = sinusoidalPositions(7, 16);
    const cell = Math.floor(harness.frame('sinusoidal').querySelector('canvas')!.clientWidth / 16);
    for (const [row, column] of [
      [0, 1],
      [3, 0],
      [5, 2],
    ] as const)
      expect(harness.color('sinusoidal', (column + 0.4) * cell, row * 6 + 3)).to.equal(
        scale.color(waves[row * 16 + column]!),
      );
    await harness.keys('learned', 'ArrowRight');
    await harness.keys('learned', 'ArrowDown');
    await harness.keys('learned', 'ArrowRight');
    expect(harness.readout).to.contain(
      'Position 1, number 2 of 16, sinusoidal: 0.540 = cos(1 / 10000^(0/16))',
    );
    await harness.keys('learned-similarity', 'ArrowRight');
    await harness.keys('learned-similarity', 'ArrowRight');
    // Both tables follow the cursor; neighboring sine waves are similar.
    expect(harness.readout).to.match(/^Positions 0 and 1: cosine \S+ learned, 0\.9\d sinusoidal\.$/);
    await harness.keys('learned-similarity', 'Escape');
    expect(harness.readout).to.contain('Mean cosine of positions next to each other and 3 apart');
  });

  it('<position-embedding> shows only positions if no token vectors are given, and fits a narrow page', async () => {
    const {element, harness} = await drawn({...example, tokenVectors: undefined}, 'width: 328px');
    expect(harness.views).to.deep.equal([]);
    expect(harness.frame('sinusoidal')).not.to.equal(null);
    expect(element.scrollWidth).to.be.at.most(328);
  });

  it('<position-embedding> says what is wrong with given data', async () => {
    const {element, harness} = await drawn();
    element.tokenVectors = [[1, 2]];
    await element.updateComplete;
    expect(harness.text).to.contain('give one token for each row');
  });

  it('<position-embedding> with given data is accessible in each view and loads neither tfjs nor a worker', async () => {
    const {element, harness} = await drawn();
    await expect(element).to.be.accessible();
    await harness.pick('positions');
    await harness.drawn();
    await expect(element).to.be.accessible();
    const loaded = performance.getEntriesByType('resource').map(({name}) => name);
    expect(loaded.filter((name) => /tensorflow|tfjs|\.worker/.test(name))).to.deep.equal([]);
  });
});

describe('<position-embedding> with a model', () => {
  it('<position-embedding> shows the input of the first layer and follows the model while it trains', async () => {
    const {model, harness} = await live(1, {view: 'sum', text: 'the dog'});
    await until(() => harness.root.querySelector('canvas') !== null, 'the sum');
    const at = async () => {
      const {embed} = await model.trace({text: 'the dog', want: ['embed']});
      return embed!.data[2 * 16 + 1]!;
    };
    const shown = () => readNumber(/= (.+)$/.exec(harness.spoken('sum-rows'))?.[1] ?? '');
    for (const pressed of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight'])
      await harness.keys('sum-rows', pressed);
    expect(shown()).to.be.closeTo(await at(), 1e-4);
    const before = shown();
    await model.train({
      steps: 20,
      batchSize: 2,
      learningRate: 1e-2,
      warmupSteps: 0,
      evalInterval: 0,
      sampleInterval: 0,
      saveInterval: 0,
    });
    await until(() => model.status === 'done', 'the end of the run');
    const end = await at();
    await until(() => Math.abs(shown() - end) < 1e-3, 'the trained numbers');
    expect(shown()).not.to.equal(before);
    await harness.type('Text', 'man');
    await until(() => harness.rows('sum-rows').length === 3, 'another text');
    await harness.type('Text', 'man §');
    await until(() => harness.text.includes('“§”'), 'the unknown character is reported');
    expect(harness.rows('sum-rows')).to.have.length(3);
  });

  it('<position-embedding> shows that one layer without positions cannot tell the order', async () => {
    const {model, harness} = await live(1, {view: 'order'});
    await harness.drawn();
    expect(harness.inputs.map((input) => input.value)).to.deep.equal([
      'the man chased the dog.',
      'the dog chased the man.',
    ]);
    const [withPositions, without] = harness.outcomes;
    expect(without!.words).to.equal('0 % of the probability moves: the two distributions are equal.');
    expect(withPositions!.words).to.contain('moves to other tokens after B');
    for (const [, a, b] of without!.rows) expect(a).to.equal(b);
    expect(harness.streams.map(([, , apart]) => apart)).to.deep.equal(['equal', 'equal']);
    expect(harness.streams[1]![1]).to.match(/%$/);
    expect(harness.text).to.contain('This model has one layer, so its output cannot tell the texts apart.');
    expect(harness.readout).to.match(/Without them it is \S+ after both/);
    // The numbers are the model's own.
    const {probs} = await model.trace({
      text: 'the man chased the dog.',
      want: ['probs'],
      options: {interventions: [{at: 'embed.position', change: 'zero'}]},
    });
    const [id] = model.encode(without!.rows[0]![0]!.replace('·', ' ').replace('↵', '\n'));
    const V = model.config!.vocabSize;
    expect(Number(without!.rows[0]![1])).to.be.closeTo(probs!.data[22 * V + id!]!, 6e-4);
  });

  it('<position-embedding> shows that with two layers some of the order leaks through the causal mask', async () => {
    const {model, harness} = await live(2, {view: 'order'});
    await harness.drawn();
    await model.train({
      steps: 30,
      batchSize: 4,
      learningRate: 1e-2,
      warmupSteps: 0,
      evalInterval: 0,
      sampleInterval: 0,
      saveInterval: 0,
    });
    await until(() => model.status === 'done' && harness.text.includes('step 30'), 'a trained model');
    expect(harness.streams.map(([where]) => where)).to.deep.equal([
      'entering the first layer',
      'after layer 1',
      'after layer 2',
    ]);
    const [, first, second] = harness.streams.map(([, , apart]) => apart);
    expect(first).to.equal('equal');
    expect(second).to.match(/%$/);
    expect(harness.text).to.contain('From the second layer on, some of the order leaks through');
  });

  it('<position-embedding> says if two texts differ in more than their order', async () => {
    const {harness} = await live(1, {
      view: 'order',
      textA: 'Man chased the dog',
      textB: 'Dog chased the man',
    });
    await harness.drawn();
    expect(harness.readout).to.contain('different tokens (M, d, D, m)');
    await harness.type('A', 'the man');
    await harness.type('B', 'man the');
    await until(
      () => harness.readout.includes('end in different ones: n and e'),
      'the last tokens are reported',
    );
    await harness.type('B', 'the man');
    await until(
      () => harness.readout.includes('same tokens in the same order'),
      'the same order is reported',
    );
    await harness.type('B', '');
    await until(() => harness.text.includes('Type a text'), 'the reader is asked for a text');
  });

  it('<position-embedding> saves a picture of what comes next after both texts, with positions and without', async () => {
    const {element, harness} = await live(1, {textA: 'the dog', textB: 'dog the'});
    await harness.drawn();
    const words = await savedWords(element.shadowRoot!);
    expect(words).to.include('With positions').and.to.include('Without positions');
    expect(words[0]).to.match(/^A: /);
    expect(words).to.include(harness.root.querySelector('.with th.token')!.textContent);
  });
});
