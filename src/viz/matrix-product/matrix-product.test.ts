import {expect} from '@open-wc/testing';
import {foldAxis, foldPieces} from './fold.js';
import {type Board, type BoardLayout, layOut, type Rect} from './layout.js';
import {stackTerms, termsOf} from './terms.js';
import {BAND, entryAt, layTrack, placeOf, stretchOf} from './track.js';

const indices = (parts: readonly {from: number; to: number}[]): number[] =>
  parts.flatMap(({from, to}) => Array.from({length: to - from}, (_, i) => from + i));

describe('foldAxis', () => {
  it('shows all entries where there is room, and else the first, the last and those around a pinned one', () => {
    expect(foldAxis(5, 5)).to.deep.equal([{from: 0, to: 5}]);
    expect(foldAxis(100, 6)).to.deep.equal([
      {from: 0, to: 3},
      {from: 97, to: 100},
    ]);
    const parts = foldAxis(100, 8, [50]);
    expect(parts).to.have.length(3);
    expect(indices(parts)).to.include.members([0, 50, 99]);
  });

  it('keeps every pinned entry, in order, without doubles, and shows as many as there is room for', () => {
    for (const [size, room, pinned] of [
      [601, 20, [3, 4, 300, 599]],
      [10, 3, [9]],
      [2, 1, []],
      [50, 2, [7, 8, 9]],
      [7, 6, [3]],
    ] as const) {
      const shown = indices(foldAxis(size, room, pinned));
      expect(shown).to.deep.equal([...new Set(shown)].sort((a, b) => a - b));
      expect(shown).to.include.members([...pinned]);
      expect(shown).to.have.length(Math.max(room, pinned.length));
      expect(shown.every((index) => index >= 0 && index < size)).to.equal(true);
    }
  });

  it('folds the pieces of an axis alike', () => {
    expect(indices(foldPieces(12, 3, 6))).to.deep.equal([0, 3, 4, 7, 8, 11]);
  });
});

describe('layTrack', () => {
  it('places entries and bands without overlap, and finds entries by their place', () => {
    const track = layTrack(foldAxis(100, 6), 10);
    expect(track.bands).to.deep.equal([{at: 30, from: 3, hidden: 94}]);
    expect(track.length).to.equal(60 + BAND);
    for (const {index, at} of track.entries) {
      expect(entryAt(track, at)).to.equal(index);
      expect(entryAt(track, at + 9.9)).to.equal(index);
      expect(placeOf(track, index)).to.equal(at);
    }
    expect(entryAt(track, 31)).to.equal(undefined);
    expect(placeOf(track, 50)).to.equal(undefined);
    expect(stretchOf(track, 1, 98)).to.deep.equal([10, 44]);
    expect(stretchOf(track, 10, 20)).to.equal(undefined);
  });
});

/** x [n, m] · W [m, k] = y [n, k]. */
function product(n: number, m: number, k: number, pinned: number[] = []): Board {
  return {
    axes: {
      n: {size: n, across: [6, 40], down: [6, 26], labels: Array.from({length: n}, (_, i) => `t${i}`)},
      m: {size: m, across: [6, 12], down: [6, 24], pinned},
      k: {size: k, across: [6, 12], down: [6, 24]},
    },
    blocks: {
      x: {rows: 'n', columns: 'm', rowLabels: 'left'},
      W: {rows: 'm', columns: 'k'},
      y: {rows: 'n', columns: 'k'},
    },
    columns: [{below: 'x'}, {above: 'W', below: 'y'}],
  };
}

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const within = ({width, height}: BoardLayout, rect: Rect): boolean =>
  rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= width && rect.y + rect.height <= height;

describe('layOut', () => {
  for (const [n, m, k] of [
    [1, 1, 1],
    [1, 384, 1],
    [7, 96, 24],
    [9, 128, 384],
    [40, 3, 5],
    [2, 601, 2],
  ] as const)
    for (const width of [320, 640, 1280])
      it(`fits ${n} × ${m} · ${m} × ${k} into ${width} px, each cell where its row meets its column`, () => {
        const layout = layOut(product(n, m, k, [m - 1]), width);
        const {x, W, y} = layout.blocks as Record<'x' | 'W' | 'y', BoardLayout['blocks'][string]>;
        expect(layout.width).to.be.at.most(width);
        for (const block of [x, W, y]) expect(within(layout, block)).to.equal(true);
        expect(overlap(x, W) || overlap(x, y) || overlap(W, y)).to.equal(false);
        expect([x.y, x.height, x.rows.entries]).to.deep.equal([y.y, y.height, y.rows.entries]);
        expect([W.x, W.width, W.columns.entries]).to.deep.equal([y.x, y.width, y.columns.entries]);
        expect(W.y + W.height).to.be.lessThan(y.y);
        expect(x.x + x.width).to.be.lessThan(y.x);
        // The same terms are in sight along the row and down the column.
        const shown = ({entries}: typeof x.rows): number[] => entries.map(({index}) => index);
        expect(shown(x.columns)).to.deep.equal(shown(W.rows));
        expect(shown(W.rows)).to.include(m - 1);
        expect(shown(x.rows)[0]).to.equal(0);
      });

  it('draws the pieces of an axis apart', () => {
    const board = product(2, 4, 12);
    const {blocks} = layOut({...board, axes: {...board.axes, k: {...board.axes.k!, pieces: 3}}}, 1280);
    const places = blocks.y!.columns.entries.map(({at}) => at);
    const steps = places.slice(1).map((at, i) => at - places[i]!);
    expect(new Set(steps).size).to.equal(2);
    expect(steps.filter((step) => step > Math.min(...steps))).to.have.length(2);
  });
});

describe('the terms of a cell', () => {
  const left = [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ];
  const right = [
    [1, 0],
    [0, -1],
    [2, 1],
    [1, 3],
  ];

  it('are the products of its row and its column, and add up to it', () => {
    const terms = termsOf(left, right, 1, 1);
    expect(terms.products).to.deep.equal([0, -6, 7, 24]);
    expect(terms.sum).to.equal(25);
  });

  it('stack from the sum before to the sum after, hidden ones as one step', () => {
    const terms = termsOf(left, right, 1, 1);
    const steps = stackTerms(terms, layTrack(foldAxis(4, 2), 10));
    expect(steps.map(({from, to}) => [from, to])).to.deep.equal([
      [0, 0],
      [0, 1],
      [1, 25],
    ]);
  });
});
