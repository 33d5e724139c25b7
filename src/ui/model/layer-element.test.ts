import {expect, fixture, html} from '@open-wc/testing';
import '../../elements/qkv-attention/qkv-attention.js';
import type {QkvAttention} from '../../elements/qkv-attention/qkv-attention.js';
import golden from '../../math/golden/attention.json';
import {savedLines, savedWords} from '../testing/saved-file.js';
import {until} from '../testing/until.js';

const {x, wq, wk, wv} = golden;
const TOKENS = ['a', 'b', 'c', 'd', 'e'];

async function setUp(): Promise<QkvAttention> {
  const element = await fixture<QkvAttention>(html`<qkv-attention></qkv-attention>`);
  Object.assign(element, {weights: {x, wq, wk, wv}, tokens: TOKENS});
  await element.updateComplete;
  return element;
}

describe('an element that takes an attention layer apart', () => {
  it('hands out the scores and the weights of its head as a table', async () => {
    const {renderRoot} = await setUp();
    const [head, ...lines] = await savedLines(renderRoot);
    expect(head).to.equal('position,asks,looks at position,looks at,score,weight');
    expect(lines).to.have.lengthOf(25);
    for (const [at, line] of lines.entries()) {
      const [i, j] = [Math.floor(at / 5), at % 5] as const;
      const [position, asks, other, asked, score, weight] = line.split(',');
      expect([position, asks, other, asked]).to.deep.equal([`${i}`, TOKENS[i], `${j}`, TOKENS[j]]);
      expect(Number(score)).to.be.closeTo(golden.scaled.scores[i]![j]!, 1e-5);
      expect(Number(weight)).to.be.closeTo(golden.causal.weights[i]![j]!, 1e-5);
    }
  });

  it('saves the products that it shows as a picture', async () => {
    const element = await setUp();
    element.style.width = '1000px';
    element.step = 6;
    await until(() => element.renderRoot.querySelector('.product-block.context') !== null, 'all products');
    const words = await savedWords(element.renderRoot);
    expect(words).to.include.members(['queries q', 'keys kᵀ', 'weights', 'values v', 'context', ...TOKENS]);
    const shown = golden.causal.weights.flatMap((row, i) => row.slice(0, i + 1).map((w) => w.toFixed(2)));
    expect(words).to.include.members(shown);
  });
});
