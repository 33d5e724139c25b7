import {expect} from '@open-wc/testing';
import {signedScale} from '../color.js';
import {readTheme} from '../theme.js';
import {layOut} from './layout.js';
import {scenePicture} from './picture.js';
import {
  arithmeticRoom,
  hiddenIn,
  linesOf,
  type ProductBlock,
  type Scene,
  sceneHeight,
  stackOf,
  withPinned,
} from './scene.js';
import {wordsOf} from './words.js';

const theme = readTheme(document.body);

function block(rows: string, columns: string, values: number[][], more: Partial<ProductBlock>): ProductBlock {
  return {
    rows,
    columns,
    values,
    title: 'x',
    symbols: `[${rows}, ${columns}]`,
    label: 'A matrix',
    scale: signedScale(theme, 1),
    nameOf: (row, column) => `${row}, ${column}`,
    ...more,
  };
}

/** x [2, m] · W [m, 3] = y [2, 3], all of ones. */
function product(m: number, more: Partial<Scene> = {}): Scene {
  const ones = (rows: number, columns: number): number[][] =>
    Array.from({length: rows}, () => Array<number>(columns).fill(1));
  return {
    axes: {
      n: {size: 2, across: [20, 40], down: [20, 30], labels: ['Mia', 'ran']},
      m: {size: m, across: [30, 60], down: [20, 30]},
      k: {size: 3, across: [30, 60], down: [20, 30]},
    },
    blocks: {
      x: block('n', 'm', ones(2, m), {rowLabels: 'left'}),
      W: block('m', 'k', ones(m, 3), {title: 'W_q', print: (value) => value.toFixed(1)}),
      y: block('n', 'k', Array(2).fill([m, m, m]), {product: {left: 'x', right: 'W'}}),
    },
    columns: [{below: 'x'}, {above: 'W', below: 'y'}],
    highlighted: {block: 'y', row: 1, column: 2},
    arithmetic: ['a name', '1 × 1', '= 1'],
    ...more,
  };
}

describe('a scene of matrix products', () => {
  it('leaves room for the page’s own below an upper block', () => {
    const scene = product(4, {joint: 50});
    const {W, y} = layOut(scene, 800).blocks;
    expect(W!.y + W!.height + 50).to.equal(y!.y);
  });

  it('tells which entries of the highlighted cell are folded away, and shows them once they are pinned', () => {
    const scene = product(100, {highlighted: {block: 'W', row: 50, column: 1}});
    const hidden = hiddenIn(scene, layOut(scene, 800));
    expect(hidden).to.deep.equal({m: 50});
    expect(hiddenIn(scene, layOut(withPinned(scene, hidden), 800))).to.deep.equal({});
  });

  it('writes a term beside each row of the right factor, and its sum’s lines where there is room', () => {
    const scene = product(6);
    const layout = layOut(scene, 800);
    const terms = wordsOf(scene, layout).filter(({kind}) => kind === 'term');
    expect(terms.map(({text}) => text)).to.deep.equal(Array(6).fill(['1.00', '× 1.00']).flat());
    expect(terms.map(({y}) => y - layout.blocks.W!.y)).to.deep.equal(
      layout.blocks.W!.rows.entries.flatMap(({at}) => [at, at]),
    );
    expect(linesOf(scene, layout)).to.deep.equal(scene.arithmetic);
  });

  it('stacks the terms in the corner between the factors, from where an arrow leads to the cell', () => {
    const one = product(6);
    const {x, W, y} = one.blocks as Record<'x' | 'W' | 'y', ProductBlock>;
    // x · W = y, then y · W2 = z: the corner of the second product is above y.
    const W2 = block('k', 'k', Array(3).fill([1, 1, 1]), {});
    const z = block('n', 'k', Array(2).fill([18, 18, 18]), {product: {left: 'y', right: 'W2'}, only: 1});
    const scene: Scene = {
      ...one,
      blocks: {x, y: {...y, product: undefined}, W, W2, z},
      columns: [{below: 'x'}, {above: 'W'}, {below: 'y'}, {above: 'W2', below: 'z'}],
      highlighted: {block: 'z', row: 1, column: 2},
    };
    const layout = layOut(scene, 1000);
    const room = arithmeticRoom(scene, layout)!;
    expect(room.column).to.equal(2);
    const stack = stackOf(scene, layout)!;
    expect(stack.x).to.be.greaterThan(room.x).and.below(layout.blocks.W2!.x);
    expect(stack.y).to.equal(layout.blocks.W2!.y);
    const cell = layout.blocks.z!;
    expect(stack.target).to.deep.equal({
      x: cell.x + cell.columns.entries[2]!.at + cell.columns.cell / 2,
      y: cell.y + cell.rows.entries[1]!.at,
    });
    const whole = {...scene, blocks: {...scene.blocks, z: {...z, only: undefined}}};
    expect(stackOf(whole, layout)!.target.y).to.equal(cell.y);
  });

  it('leaves out the numbers of a block that a later step shows, and names the step', () => {
    const one = product(2);
    const scene = {...one, blocks: {...one.blocks, W: {...one.blocks.W!, pale: true, later: 'step 2'}}};
    const svg = scenePicture('A product', scene, 800, theme).svg();
    expect(svg).to.contain('>step 2<').and.not.to.contain('>1.0<');
  });

  it('is as high as its board and, without room above its first block, the lines below it', () => {
    const scene = product(1);
    const layout = layOut(scene, 320);
    expect(wordsOf(scene, layout).some(({kind}) => kind === 'term')).to.equal(false);
    expect(sceneHeight([scene], 320)).to.be.greaterThan(layout.height + 3 * 12);
    expect(sceneHeight([scene, product(6)], 320)).to.be.at.least(sceneHeight([product(6)], 320));
  });

  it('becomes a picture with all its words and numbers', () => {
    const svg = scenePicture('A product', product(2), 800, theme).svg();
    const texts = [...new DOMParser().parseFromString(svg, 'image/svg+xml').querySelectorAll('text')];
    const words = texts.map((text) => text.textContent);
    expect(words).to.include.members(['Mia', 'ran', 'W', 'q', '[m, k] = [2, 3]', 'a name', '= 1']);
    expect(words.filter((word) => word === '1.0')).to.have.length(6);
    expect(svg).not.to.contain('NaN');
  });
});
