import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {decimals, number} from '../../ui/base/format.js';
import {readNumber} from '../../ui/testing/read-number.js';
import {savedWords} from '../../ui/testing/saved-file.js';
import {until} from '../../ui/testing/until.js';
import {signedScale} from '../../viz/color.js';
import {niceCeiling} from '../../viz/nice.js';
import {readTheme} from '../../viz/theme.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './token-embedding.js';
import {exampleTable, TokenEmbeddingHarness} from './token-embedding.harness.js';
import type {TokenEmbedding} from './token-embedding.js';

const example = exampleTable();
/** The rows of “Mia took the ball.” fix the scale. */
const largest = Math.max(...[2, 3, 4, 6, 0].flatMap((row) => example.weights[row]!.map(Math.abs)));
const EXTENT = niceCeiling(largest);

async function drawn(data: object = {}, style = 'width: 1000px') {
  const element = await fixture<TokenEmbedding>(
    html`<token-embedding style=${style} text="Mia took the ball."></token-embedding>`,
  );
  Object.assign(element, example, {token: 2, oneHot: true}, data);
  const harness = new TokenEmbeddingHarness(element);
  await harness.drawn();
  return {element, harness};
}

describe('<token-embedding> with data', () => {
  it('draws each number in its color, on a scale with a round end', async () => {
    const {element, harness} = await drawn();
    expect(harness.words('.scale-note')).to.contain(`±${EXTENT} (wte)`);
    const scale = signedScale(readTheme(element), EXTENT);
    for (const [row, column] of [
      [0, 0],
      [5, 3],
      [9, 15],
    ] as const)
      expect(harness.cellColor('wte', row, column), `${row}, ${column}`).to.equal(
        scale.color(Math.fround(example.weights[row]![column]!)),
      );
  });

  it('shows each token as a one-hot vector, and the row that it picks', async () => {
    const {harness} = await drawn();
    expect(harness.chipTexts).to.deep.equal(['Mia', '·took', '·the', '·ball', '.']);
    expect(harness.looked).to.deep.equal(harness.chipTexts);
    expect(harness.rows[2]).to.equal('2 Mia');
    const ids = [2, 3, 4, 6, 0];
    expect(harness.numbers('oneHot')).to.deep.equal(
      ids.map((id) => example.tokens.map((_, row) => (row === id ? '1' : '0'))),
    );
    expect(harness.numbers('x')).to.deep.equal(
      ids.map((id) => example.weights[id]!.map((value) => decimals(value, 2))),
    );
    expect(harness.readout).to.contain('Row and product are the same to the last digit');
  });

  it('begins with the plain look-up, and shows the product on request', async () => {
    const {element, harness} = await drawn({oneHot: false});
    expect(harness.blocks).to.deep.equal([
      'table wte [V, C] = [10, 16]',
      'vectors of the tokens [T, C] = [5, 16]',
    ]);
    await harness.check(true);
    expect(element.oneHot).to.equal(true);
    expect(harness.blocks[0]).to.equal('one-hot [T, V] = [5, 10]');
    element.withoutOneHot = true;
    await element.updateComplete;
    expect(harness.blocks).to.have.length(2);
    expect(harness.has('input[type="checkbox"]')).to.equal(false);
  });

  it('looks up the token whose row is clicked', async () => {
    const {element, harness} = await drawn();
    const event = oneEvent(element, 'gpt-token-chosen');
    await harness.clickAt('wte', 0.01, 0.85);
    expect((await event).detail).to.deep.equal({id: 8, token: ' she'});
    expect(element.token).to.equal(8);
    expect(harness.looked).to.deep.equal(['Mia', '·took', '·the', '·ball', '.', '·she']);
    const scale = signedScale(readTheme(element), EXTENT);
    for (const column of [0, 7, 15])
      expect(harness.cellColor('x', 5, column)).to.equal(
        scale.color(Math.fround(example.weights[8]![column]!)),
      );
    expect(harness.readout).to.equal(
      `·she (id 8), number 1 of 16: ${number(Math.fround(example.weights[8]![0]!), 4)}.`,
    );
  });

  it('reads out the number under the pointer', async () => {
    const {harness} = await drawn();
    await harness.hover('x', 3, 3);
    const value = Math.fround(example.weights[6]![3]!);
    expect(harness.readout).to.contain('·ball (id 6), number 4 of 16: ');
    expect(readNumber(harness.readout.split(': ')[1]!.slice(0, -1))).to.be.closeTo(
      value,
      1e-3 * Math.abs(value),
    );
  });

  it('is reached with the arrow keys, cell by cell', async () => {
    const {element, harness} = await drawn();
    await harness.keys('wte', {key: 'Home', ctrlKey: true}, 'ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(element.token).to.equal(3);
    await harness.keys('wte', 'ArrowRight', 'End');
    expect(harness.spoken('wte')).to.contain('·took (id 3), number 16 of 16');
  });

  it('keeps the tokens of a text that it cannot read, and says what is missing', async () => {
    const {harness} = await drawn();
    await harness.type('Text', 'Mia saw');
    expect(harness.text).to.contain('There is no token for “ ”');
    expect(harness.chipTexts).to.have.length(5);
    await harness.type('Text', ' ran she');
    expect(harness.chipTexts).to.deep.equal(['·ran', '·she']);
    expect(harness.readout).to.contain('·ran has id 9');
  });

  it('ends its colors at a round number, or where the page says', async () => {
    const {element, harness} = await drawn();
    // The same numbers of another size, as a model would have them a little later.
    element.weights = example.weights.map((row) => row.map((value) => value * 0.1));
    await harness.drawn();
    expect(harness.words('.scale-note'), 'given anew: another table').to.contain(
      `±${niceCeiling(largest / 10)} `,
    );
    element.extent = 0.5;
    await element.updateComplete;
    expect(harness.words('.scale-note')).to.contain('±0.5 (wte)');
  });

  it('folds a long and wide table, says how much is hidden, and unfolds where it is clicked', async () => {
    const tokens = Array.from({length: 2000}, (_, i) => `t${i}`);
    const {element, harness} = await drawn(
      {
        tokens,
        weights: Float32Array.from({length: 2000 * 96}, (_, i) => Math.sin(i)),
        text: 't1500',
        token: undefined,
      },
      'width: 1000px',
    );
    expect(harness.rows).to.include('1500 t1500');
    expect(harness.rows.length).to.be.lessThan(20);
    const hidden = () =>
      harness.bands.map((text) => Number(text.split(' ')[0])).reduce((sum, count) => sum + count, 0);
    expect(hidden()).to.equal(2 * (2000 - harness.rows.length)); // across and down
    const [band] = harness.all('.word.band:not(.upright)');
    const block = harness.block('wte');
    const middle = band!.offsetTop + band!.offsetHeight / 2 - block.offsetTop;
    await harness.clickAt('wte', 0.01, middle / block.offsetHeight);
    expect(harness.rows).to.include(`${element.token} t${element.token}`);
    expect(element.token).not.to.equal(1500);
    element.style.width = '360px';
    await until(() => harness.field<HTMLElement>('.board').offsetWidth <= 360, 'the narrow board');
    expect(element.scrollWidth).to.be.at.most(360);
    expect(
      harness.bands.some((text) => text.endsWith(' more')),
      'hidden columns',
    ).to.equal(true);
  });

  it('saves the product as a picture', async () => {
    const {element} = await drawn();
    const saved = await savedWords(element.renderRoot);
    expect(saved).to.include.members(['table wte', 'one-hot', '[T, V] = [5, 10]', '2 Mia', '·ball']);
  });

  it('begins with the longest token of the text, and says where rows are alike', async () => {
    const {harness} = await drawn({token: undefined});
    expect(harness.readout).to.contain('·took has id 3');
    expect(harness.readout).not.to.contain('almost the same');
    const same = {tokens: Array.from('abcdefghijkl'), text: 'a', token: undefined};
    const {harness: alike} = await drawn({...same, weights: same.tokens.map(() => [0.1, 0.2])});
    expect(alike.readout).to.contain('11 other rows are almost the same.');
  });

  it('says what is wrong with data', async () => {
    const element = await fixture<TokenEmbedding>(html`<token-embedding></token-embedding>`);
    const harness = new TokenEmbeddingHarness(element);
    const wrong: [object, string][] = [
      [{weights: new Float32Array(5), tokens: ['a', 'b']}, 'make no rows for 2 tokens'],
      [{weights: [[1], [2, 3]], tokens: ['a', 'b']}, 'equally long'],
      [{weights: [[1], [2]], tokens: ['a']}, 'give one token for each row'],
      [{weights: [[1], [Number.NaN]], tokens: ['a', 'b']}, 'which is no number'],
    ];
    for (const [data, message] of wrong) {
      Object.assign(element, data);
      await element.updateComplete;
      expect(harness.text).to.contain(message);
    }
  });

  it('is accessible, and loads neither tfjs nor a worker', async () => {
    const {element, harness} = await drawn();
    await expect(element).to.be.accessible();
    await harness.keys('wte', 'ArrowRight');
    await expect(element).to.be.accessible();
    element.style.width = '320px';
    await expect(element).to.be.accessible();
    const loaded = performance.getEntriesByType('resource').map(({name}) => name);
    expect(loaded.filter((name) => /tensorflow|tfjs|\.worker/.test(name))).to.deep.equal([]);
  });
});

describe('<token-embedding> with a model', () => {
  it('shows the model’s own rows, and follows them while it trains', async () => {
    const provider = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${'one two three four five. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 12}'>
        <token-embedding text="two"></token-embedding>
      </gpt-model>
    `);
    const element = provider.querySelector<TokenEmbedding>('token-embedding')!;
    const harness = new TokenEmbeddingHarness(element);
    await until(() => harness.chips.length === 3, 'the tokens');
    const model = provider.live;
    const first = async () => {
      const [id] = model.encode('t');
      const {data} = (await model.trace({text: 'two', want: ['embed.token']}))['embed.token']!;
      return {id, spoken: `t (id ${id}), number 1 of 16: ${number(data[0]!, 4)}.`};
    };
    const start = await first();
    expect(harness.readout).to.contain(`t has id ${start.id}`);
    await harness.keys('x', {key: 'Home', ctrlKey: true});
    expect(harness.readout).to.equal(start.spoken);
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
    const end = await first();
    expect(end.spoken).not.to.equal(start.spoken);
    await until(() => harness.readout === end.spoken, 'the trained row');
    await harness.type('Text', 'five');
    expect(harness.chipTexts).to.deep.equal(['f', 'i', 'v', 'e']);
    await harness.type('Text', '§');
    await until(() => harness.text.includes('“§”'), 'the token that is missing');
  });
});
