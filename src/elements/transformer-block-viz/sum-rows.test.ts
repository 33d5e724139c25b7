import {expect} from '@open-wc/testing';
import {SvgSurface} from '../../viz/svg-surface.js';
import {COLORS, type Theme} from '../../viz/theme.js';
import {longestRow} from './below.js';
import {type BlockData, type BlockInput, blockFrom} from './block-data.js';
import {NODES, type NodeId} from './block-nodes.js';
import {drawSum, sumHeight, sumRowAt, sumRows} from './sum-rows.js';

const theme = {
  ...Object.fromEntries(COLORS.map((name) => [name, '#808080'])),
  mono: 'monospace',
  sans: 'sans-serif',
} as unknown as Theme;

/** One token in a block of width 2: x = (3, 4), attention adds (−3, 0), the MLP (0, −3). */
const [x, added, mlp] = [[[3, 4]], [[-3, 0]], [[0, -3]]];
const data = blockFrom(
  {resid_pre: x, ln_1: x, attn: added, resid_mid: [[0, 4]], ln_2: x, mlp, resid_post: [[0, 1]]},
  [' Sue'],
);

function drawn(
  shown: BlockData,
  off?: NodeId,
  width = 400,
): {texts: string[]; hatched: number; asked: NodeId[]} {
  const surface = new SvgSurface(width, sumHeight(shown));
  const asked: NodeId[] = [];
  drawSum(
    surface,
    {data: shown, token: 0, off},
    0,
    (id) => {
      asked.push(id);
      return ['#123456', '#654321'];
    },
    theme,
  );
  const file = surface.toString();
  return {
    texts: [...file.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text!),
    hatched: file.match(/fill="url\(#/g)?.length ?? 0,
    asked,
  };
}

describe('the sum below a block', () => {
  it('has a row for what enters, for what attention and the MLP add, and for what leaves, with their lengths', () => {
    const {texts, asked, hatched} = drawn(data);
    expect(texts[0]).to.equal('·Sue: x + attention + MLP = y');
    expect(drawn(data, undefined, 900).texts[0]).to.equal(
      'A strong stream enters, a faint one leaves (length 5 → 1). ·Sue: x + attention + MLP = y, number by number',
    );
    const titleOf = (resid_post: number[][]): string =>
      drawn(
        {...data, values: {...data.values, resid_post: Float32Array.from(resid_post[0]!)}},
        undefined,
        900,
      ).texts[0]!;
    expect(titleOf([[6, 8]])).to.match(/^A faint stream enters, a strong one leaves \(length 5 → 10\)\./);
    expect(titleOf([[0, 6]])).to.match(/^The stream leaves about as strong as it came \(length 5 → 6\)\./);
    expect(texts.slice(2)).to.deep.equal([
      'x enters',
      '5',
      '+ attention',
      '3',
      '+ MLP',
      '3',
      '= y leaves',
      '1',
    ]);
    expect(asked).to.deep.equal(['resid_pre', 'attn', 'mlp', 'resid_post']);
    expect(hatched).to.equal(0);
  });

  it('names the row of the output that is much longer than all others', () => {
    const two = (other: number[]): BlockData =>
      blockFrom(Object.fromEntries(NODES.map(({id}) => [id, [other, [3, 4]]])) as unknown as BlockInput, [
        'Mia',
        ' had',
      ]);
    expect(longestRow(two([9, 12]))).to.equal(
      'The row of Mia leaves 3 times as long as any other, so it is the darkest.',
    );
    expect(longestRow(two([4, 4]))).to.equal('');
    expect(longestRow(data), 'a single row').to.equal('');
  });

  it('hatches what no longer reaches the output', () => {
    expect(drawn(data, 'attn').hatched).to.equal(1);
    expect(drawn(data, 'resid_mid').hatched, 'the first shortcut: what entered').to.equal(1);
    expect(drawn(data, 'resid_post').hatched, 'the second: what entered and what attention added').to.equal(
      2,
    );
  });

  it('names the norms on the way where they stand after the sums', () => {
    const {texts, asked} = drawn({...data, norm: 'post'});
    expect(asked).to.deep.equal(['resid_pre', 'attn', 'ln_1', 'mlp', 'ln_2']);
    expect(texts).to.include('its norm').and.include('norm = y');
  });

  it('finds the row at each height', () => {
    const found = new Set(Array.from({length: Math.floor(sumHeight(data))}, (_, y) => sumRowAt(y, data)));
    expect([...found].filter(Boolean)).to.deep.equal(sumRows(data).map(({id}) => id));
  });
});
