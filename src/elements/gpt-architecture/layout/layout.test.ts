import {expect} from '@open-wc/testing';
import {allNodes, type Box, type LayoutInput, type MapNode, nodeAt} from './map-layout.js';
import {narrowLayout} from './narrow.js';
import {wideLayout} from './wide.js';

const input = (width: number, changes: Partial<LayoutInput> = {}): LayoutInput => ({
  nLayers: 2,
  nHeads: 4,
  embDim: 96,
  tokens: 11,
  width,
  chosen: 10,
  labelLengths: Array.from({length: changes.tokens ?? 11}, (_, i) => 2 + (i % 5)),
  ...changes,
});

const PHONE = 'compact, 358 px';

const CASES: [string, ReturnType<typeof wideLayout> | ReturnType<typeof narrowLayout>][] = [
  ...[700, 1200, 1900].map(
    (width) => [`${width} px`, wideLayout(input(width))] as [string, ReturnType<typeof wideLayout>],
  ),
  [
    '12 blocks of 12 heads',
    wideLayout(input(1200, {nLayers: 12, nHeads: 12, embDim: 768, focus: 'h.5.mlp'})),
  ],
  ['an open head', wideLayout(input(1200, {opened: new Map([['h.1.attn.2', 1]])}))],
  ['an MLP half open', wideLayout(input(1200, {opened: new Map([['h.0.mlp', 0.5]])}))],
  ['1 token', wideLayout(input(900, {tokens: 1, chosen: 0, labelLengths: [3]}))],
  ...[288, 358, 600].map(
    (width) => [`${width} px`, narrowLayout(input(width))] as [string, ReturnType<typeof narrowLayout>],
  ),
  ['compact, 1200 px', wideLayout(input(1200, {compact: true}))],
  [PHONE, narrowLayout(input(358, {compact: true}))],
  ['12 blocks on 358 px', narrowLayout(input(358, {nLayers: 12, nHeads: 12, embDim: 768}))],
];

const isInside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 0.01 &&
  inner.y >= outer.y - 0.01 &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01;

const overlap = (a: Box, b: Box): boolean =>
  Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.01 &&
  Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.01;

describe('the layout of the map', () => {
  for (const [name, layout] of CASES) {
    it(`keeps every part inside the picture, and parts of a kind apart (${layout.kind}, ${name})`, () => {
      const picture = {x: 0, y: 0, width: layout.width, height: layout.height};
      const check = (nodes: readonly MapNode[]): void => {
        nodes.forEach((node, i) => {
          expect(isInside(node.rect, picture), `${node.id} is inside`).to.equal(true);
          for (const other of nodes.slice(i + 1))
            expect(overlap(node.rect, other.rect), `${node.id} and ${other.id} overlap`).to.equal(false);
          check(node.children);
        });
      };
      check(layout.nodes);
    });

    it(`has the same parts at any width (${layout.kind}, ${name})`, () => {
      const ids = [...allNodes(layout.nodes)].map(({id}) => id);
      expect(new Set(ids).size).to.equal(ids.length);
      // A phone’s compact form names the chosen token alone.
      const token = name === PHONE ? 'token.10' : 'token.0';
      for (const id of ['tokens', token, 'embed.token', 'embed.position', 'h.0', 'h.0.attn.0', 'next.3'])
        expect(ids).to.include(id);
    });
  }

  it('is at most 410 pixels high where lanes stand below each other, so that a laptop’s first screen holds it', () => {
    for (const width of [700, 1200, 1440])
      for (const compact of [false, true])
        expect(wideLayout(input(width, {compact})).height).to.be.at.most(410);
  });

  it('is much less high in its compact form on a phone', () => {
    expect(narrowLayout(input(358, {compact: true})).height).to.be.lessThan(
      0.65 * narrowLayout(input(358)).height,
    );
  });

  it('has attention and the MLP one after the other on a phone in its compact form, each with an addition of its own', () => {
    const {blocks, points} = narrowLayout(input(358, {compact: true}));
    expect(points).to.deep.equal([...points].sort((a, b) => a - b));
    expect(new Set(points).size).to.equal(1 + 2 * blocks.length);
    for (const {title, heads, attentionAdd, mlp, mlpAdd} of blocks) {
      const order = [title, heads[0]!.y, attentionAdd, mlp.y, mlpAdd];
      expect(order).to.deep.equal([...order].sort((a, b) => a - b));
    }
  });

  it('is low enough in its compact form that a phone’s first screen holds the prediction', () => {
    for (const width of [320, 350])
      expect(narrowLayout(input(width, {compact: true})).height).to.be.at.most(410);
  });

  it('gives the chosen token’s lane more room than the others', () => {
    const {lanes} = wideLayout(input(1200, {chosen: 4}));
    const heights = lanes.map(({height}) => height);
    expect(heights.indexOf(Math.max(...heights))).to.equal(4);
    expect(new Set(heights).size).to.equal(2);
  });

  it('makes an open part wider, and the others narrower by as much', () => {
    const closed = wideLayout(input(1200));
    const open = wideLayout(input(1200, {opened: new Map([['h.1.attn.2', 1]])}));
    expect(open.blocks[1]!.heads![2]!.width).to.be.greaterThan(5 * closed.blocks[1]!.heads![2]!.width);
    expect(open.blocks[0]!.mlp!.width).to.be.lessThan(closed.blocks[0]!.mlp!.width);
    expect(open.bars).to.deep.equal(closed.bars);
  });

  it('opens one block of many, the one that the selected part belongs to', () => {
    const {blocks} = wideLayout(input(1200, {nLayers: 12, nHeads: 12, embDim: 768, focus: 'h.5.mlp'}));
    expect(blocks.filter(({heads}) => heads).map(({layer}) => layer)).to.deep.equal([5]);
    expect(blocks.every(({small, heads}) => (small ?? heads)!.length === 12)).to.equal(true);
    expect(blocks[5]!.width).to.be.greaterThan(4 * blocks[4]!.width);
  });

  it('finds the part at a point, the innermost first', () => {
    const layout = wideLayout(input(1200));
    const {x, width} = layout.blocks[1]!.heads![2]!;
    expect(nodeAt(layout.nodes, x + width / 2, layout.lanes[3]!.parts.y)?.id).to.equal('h.1.attn.2');
    expect(nodeAt(layout.nodes, -5, 0)).to.equal(undefined);
  });
});
