import {expect} from '@open-wc/testing';
import {SvgSurface} from '../../viz/svg-surface.js';
import {COLORS, type Theme} from '../../viz/theme.js';
import {longestRow} from './below.js';
import {type BlockData, type BlockInput, blockFrom} from './block-data.js';
import {NODES, type NodeId} from './block-nodes.js';
import {notableChannel, sharesInWords, sharesOf} from './shares.js';
import {addsUp, drawSum, sumChannelAt, sumHeight, sumRowAt, sumRows, written} from './sum-rows.js';

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
    {data: shown, token: 0, channel: 1, off},
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
  it('has a row for what enters, for what attention and the MLP add, and for what leaves, with one number of each', () => {
    const {texts, asked, hatched} = drawn(data);
    expect(texts[0]).to.equal('·Sue: x + attention + MLP = y');
    expect(texts.slice(1)).to.deep.equal([
      'number 2 of 2',
      'x enters',
      '4.00',
      '+ attention',
      '+ 0.00',
      '+ MLP',
      '− 3.00',
      '= y leaves',
      '1.00',
    ]);
    expect(asked).to.deep.equal(['resid_pre', 'attn', 'mlp', 'resid_post']);
    expect(hatched).to.equal(0);
  });

  /** One token in a block of width 2. */
  const block = (x: number[], attn: number[], mlp: number[]): BlockData => {
    const sum = x.map((value, c) => value + attn[c]! + mlp[c]!);
    const rows = {resid_pre: [x], attn: [attn], mlp: [mlp], resid_post: [sum]};
    return blockFrom({...rows, ln_1: [x], resid_mid: [x], ln_2: [x]}, [' Sue']);
  };

  it('says how much of the output each part has added, by shares that add up to 1', () => {
    const mostly = block([1, 0], [2, 5], [5, -5]);
    expect(sharesOf(mostly, 0)).to.deep.equal([1 / 8, 2 / 8, 5 / 8]);
    expect(sharesInWords(mostly, 0)).to.equal(
      'Of the numbers that leave the block for ·Sue, 13 % came in; attention added 25 %, the MLP 62 %.',
    );
    expect(sharesInWords({...mostly, norm: 'post'}, 0)).to.equal('');
    expect(drawn(mostly, undefined, 900).texts[0]).to.equal(
      '·Sue: x + attention + MLP = y, number by number',
    );
  });

  it('writes numbers that add up as they are printed', () => {
    // In two decimals: 0.14 + 0.14 + 0.14, which is not 0.43.
    const close = block([0.1436, 9], [0.1436, 9], [0.1436, 9]);
    expect(addsUp([0.1436, 0.1436, 0.1436, 0.4308], 2)).to.equal(false);
    expect(written(close, 0, 0)).to.deep.equal(['0.1436', '+ 0.1436', '+ 0.1436', '0.4308']);
    expect(notableChannel(close, 0), 'the largest of those that add up in two decimals').to.equal(1);
    expect(notableChannel(block([0.1436, 0.1], [0.1436, 0.1], [0.1436, 0.1]), 0)).to.equal(1);
  });

  it('writes out a number in which the part that adds more to the whole adds more, too', () => {
    // Along y = (11, 6), attention adds 72 and the MLP 85; in the larger of the two numbers, attention adds more.
    expect(notableChannel(block([0, 0], [6, 1], [5, 5]), 0)).to.equal(1);
  });

  it('names the row of the output that is much longer than all others', () => {
    const two = (other: number[]): BlockData =>
      blockFrom(Object.fromEntries(NODES.map(({id}) => [id, [other, [3, 4]]])) as unknown as BlockInput, [
        'Mia',
        ' had',
      ]);
    expect(longestRow(two([9, 12]))).to.equal(
      'The numbers of Mia leave 3 times as large as those of any other token, so its row has the strongest colors.',
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

  it('finds the number of the vector at each place of its strips', () => {
    expect(sumChannelAt(96, data, 400)).to.equal(0);
    expect(sumChannelAt(315, data, 400)).to.equal(1);
    expect(sumChannelAt(20, data, 400), 'at the names').to.equal(undefined);
    expect(sumChannelAt(390, data, 400), 'at the numbers').to.equal(undefined);
  });

  it('finds the row at each height', () => {
    const found = new Set(Array.from({length: Math.floor(sumHeight(data))}, (_, y) => sumRowAt(y, data)));
    expect([...found].filter(Boolean)).to.deep.equal(sumRows(data).map(({id}) => id));
  });
});
