import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {attentionPatterns} from '../../math/attention-patterns.js';
import {signedScale} from '../../viz/color.js';
import {strongLinks} from '../../viz/links.js';
import {matrixPixels} from '../../viz/pixel-matrix.js';
import {readTheme} from '../../viz/theme.js';
import './attention-matrix.js';
import {AttentionMatrixHarness, exampleAttention} from './attention-matrix.harness.js';
import type {AttentionMatrix} from './attention-matrix.js';

const example = exampleAttention();

async function drawn(data: object = example, style = '') {
  const element = await fixture<AttentionMatrix>(html`<attention-matrix style=${style}></attention-matrix>`);
  Object.assign(element, data);
  const harness = new AttentionMatrixHarness(element);
  await harness.drawn();
  return {element, harness};
}

describe('<attention-matrix> describes a head', () => {
  it('<attention-matrix> names the pattern of a head, with its score', async () => {
    const {harness} = await drawn(example, 'width: 400px'); // small pictures large enough for a name
    const flat = Float32Array.from(example.weights[0]![0]!.flat());
    const {scores, entropy} = attentionPatterns(flat, example.tokens);
    const score = scores.previous!.score.toFixed(2);
    expect(harness.readout).to.contain('This head’s pattern is “previous token”');
    expect(harness.readout).to.contain(`previous token ${score}`);
    expect(harness.readout).to.contain(`entropy ${entropy.toPrecision(2)} nats`);
    expect(harness.thumbnails[0]!.ariaLabel).to.contain(`Layer 1, head 1: previous token ${score}`);
    expect(harness.thumbnails[0]!.parentElement!.textContent).to.contain('previous token');
  });

  it('<attention-matrix> shows the sum and the entropy of a cell’s row', async () => {
    const {harness} = await drawn();
    await harness.hover(8, 7);
    const row = example.weights[0]![0]![8]!;
    const nats = row.reduce((sum, weight) => sum - (weight ? weight * Math.log(weight) : 0), 0);
    expect(harness.readout).to.contain('adds up to 1.000');
    expect(harness.readout).to.contain(
      `${nats.toFixed(2)} nats, as of an even spread over ${Math.exp(nats).toFixed(1)} tokens`,
    );
  });
});

describe('<attention-matrix view="links">', () => {
  it('<attention-matrix> draws each link in its row, and those of the highlighted token over the others', async () => {
    const {harness} = await drawn({...example, view: 'links'});
    const {width} = harness.canvas!;
    const inked = (canvas: HTMLCanvasElement, row: number): boolean => {
      const height = canvas.height / example.tokens.length;
      const {data} = canvas.getContext('2d')!.getImageData(2, row * height + 2, 6, height - 4);
      return data.some((value, i) => i % 4 === 3 && value > 0);
    };
    expect(width).to.be.greaterThan(0);
    expect(example.tokens.map((_, row) => inked(harness.canvas!, row))).to.not.include(false);
    expect(harness.root.textContent!.replace(/\s+/g, ' ')).to.contain('links of at least 0.02, of 66');
    await harness.key('ArrowLeft');
    const overlay = harness.root.querySelector<HTMLCanvasElement>('canvas.overlay')!;
    expect(example.tokens.map((_, row) => inked(overlay, row))).to.deep.equal(
      example.tokens.map((_, row) => row === 10),
    );
    expect(harness.spoken).to.contain('. looks at .');
    await expect(harness.element).to.be.accessible();
  });

  it('<attention-matrix> highlights tokens in both columns of links', async () => {
    const {harness} = await drawn({...example, view: 'links'});
    await harness.hoverChip(8);
    expect(harness.highlightedRows).to.deep.equal([8]);
    const label = harness.root.querySelectorAll('.columns .label')[3]!;
    label.dispatchEvent(new PointerEvent('pointerenter', {pointerType: 'mouse'}));
    await harness.element.updateComplete;
    expect(harness.highlightedColumns).to.deep.equal([3]);
    expect(harness.readout).to.contain('is looked at most by');
  });

  it('strongLinks returns links from a threshold on, the weakest first', () => {
    const values = Float32Array.of(1, 0, 0, 0.05, 0.95, 0, 0.3, 0.1, 0.6);
    const links = strongLinks({size: 3, values, causal: true}, 0.1);
    expect(links.map(({query, key}) => [query, key])).to.deep.equal([
      [2, 1],
      [2, 0],
      [2, 2],
      [1, 1],
      [0, 0],
    ]);
  });
});

describe('<attention-matrix compare>', () => {
  it('<attention-matrix> shows the signed difference of two heads', async () => {
    const {element, harness} = await drawn({...example, compare: '0.1'});
    const [here, there] = [example.weights[0]![0]!, example.weights[0]![1]!];
    const largest = Math.max(...here.flatMap((row, q) => row.map((w, k) => Math.abs(w - there[q]![k]!))));
    expect(largest).to.be.within(0.5, 1);
    const scale = signedScale(readTheme(element), 1);
    for (const [query, key] of [
      [5, 4],
      [7, 0],
    ] as const)
      expect(harness.pixel(query, key)).to.equal(scale.color(here[query]![key]! - there[query]![key]!));
    await harness.hover(5, 4);
    const [a, b] = [here[5]![4]!, there[5]![4]!];
    expect(harness.readout).to.contain(`${a.toPrecision(3)} here`);
    expect(harness.readout).to.contain(`in layer 1, head 2: +${(a - b).toFixed(3)}.`);
    const moved =
      here.reduce((sum, row, q) => sum + row.reduce((s, w, k) => s + Math.abs(w - there[q]![k]!) / 2, 0), 0) /
      11;
    expect(harness.readout).to.contain(
      `${(100 * moved).toFixed(0)} % of a row’s attention is on other tokens than in layer 1, head 2`,
    );
  });

  it('<attention-matrix> compares with a given snapshot', async () => {
    const before = exampleAttention({seed: 8});
    const {harness} = await drawn({...example, snapshotWeights: before.weights, compare: 'snapshot'});
    await harness.hover(8, 7);
    expect(harness.readout).to.contain('in the snapshot: ');
    const difference = example.weights[0]![0]![8]![7]! - before.weights[0]![0]![8]![7]!;
    expect(harness.readout).to.contain(`${difference > 0 ? '+' : '−'}${Math.abs(difference).toFixed(3)}`);
  });

  it('<attention-matrix> says why it cannot compare', async () => {
    const {element, harness} = await drawn({...example, compare: 'snapshot'});
    expect(harness.readout).to.contain('There is no snapshot to compare with');
    element.compare = 'nonsense';
    await element.updateComplete;
    expect(harness.readout).to.contain('counted from 0');
  });
});

describe('<attention-matrix exercise>', () => {
  it('<attention-matrix> hides a row until the reader has answered, then explains the answer', async () => {
    const {element, harness} = await drawn({...example, query: 8, exercise: true});
    expect(harness.root.querySelector('.hidden-row')).not.to.equal(null);
    expect(harness.readout).to.contain('Answer first');
    expect(harness.readout).not.to.contain('0.8');
    await harness.hoverChip(8);
    expect(new Set(harness.chips.map((chip) => chip.style.backgroundColor)).size).to.equal(1);
    const best = harness.answers.findIndex((button) => button.textContent!.includes('·then (token 8)'));
    const answered = oneEvent(element, 'gpt-answer');
    harness.answers[best]!.click();
    expect((await answered).detail).to.deep.equal({chosen: best, right: true});
    await element.updateComplete;
    expect(harness.root.querySelector('.hidden-row')).to.equal(null);
    expect(harness.readout).to.contain('·she looks most at ·then');
    await expect(element).to.be.accessible();
  });
});

describe('<attention-matrix> with a long text', () => {
  const size = 600;
  /** Each token looks at the one 100 before. */
  const weights = new Float32Array(size * size);
  for (let query = 0; query < size; query++) weights[query * size + Math.max(0, query - 100)] = 1;
  const tokens = Array.from({length: size}, (_, i) => `t${i}`);

  it('<attention-matrix> draws a long text as a whole and does not draw its cells again when the pointer moves', async () => {
    const {harness} = await drawn({weights, tokens});
    const context = harness.canvas!.getContext('2d')!;
    const {putImageData} = context;
    let draws = 0;
    context.putImageData = () => void draws++;
    const box = harness.canvas!.getBoundingClientRect();
    expect(box.width).to.be.at.most(580);
    const at = (query: number, key: number) => ({
      clientX: box.x + ((key + 0.5) * box.width) / size,
      clientY: box.y + ((query + 0.5) * box.width) / size,
    });
    harness.canvas!.dispatchEvent(
      new PointerEvent('pointermove', {...at(400, 300), bubbles: true, pointerType: 'mouse'}),
    );
    await harness.element.updateComplete;
    context.putImageData = putImageData;
    expect(draws).to.equal(0);
    expect(harness.readout).to.match(/t(399|400|401) → t(299|300|301): weight [01]/);
    expect(harness.root.querySelectorAll('.rows .label').length).to.be.lessThan(80);
    const lens = harness.root.querySelector<HTMLCanvasElement>('canvas.lens')!;
    expect(lens.hidden).to.equal(false);
    await harness.key('End');
    expect(harness.element.key).to.equal(size - 1);
  });

  it('matrixPixels keeps a single strong link among many cells', () => {
    const values = new Float32Array(100 * 100);
    values[77 * 100 + 13] = 1;
    const theme = {...readTheme(document.body), masked: 'rgb(1, 2, 3)'};
    const seen = signedScale(theme, 1);
    const {data} = matrixPixels({size: 100, values, causal: true}, 10, seen, theme);
    const pixel = (row: number, column: number) => [
      ...data.slice(4 * (row * 10 + column), 4 * (row * 10 + column) + 4),
    ];
    expect(`rgb(${pixel(7, 1).slice(0, 3).join(', ')})`).to.equal(seen.color(1));
    expect(pixel(8, 1)).to.deep.equal(pixel(8, 2));
    expect(pixel(2, 7)[3], 'masked, between the lines').to.equal(0);
    expect(pixel(2, 6), 'masked, on a line').to.deep.equal([1, 2, 3, 255]);
  });

  it('<attention-matrix> accepts one flat array per layer', async () => {
    const flat = example.weights.map((layer) => Float32Array.from(layer.flat(2)));
    const {harness} = await drawn({tokens: example.tokens, weights: flat});
    expect(harness.thumbnails).to.have.length(8);
  });
});
