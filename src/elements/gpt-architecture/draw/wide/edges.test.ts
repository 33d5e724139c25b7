import {expect} from '@open-wc/testing';
import type {CameraView} from '../../../../viz/camera.js';
import type {WideLayout} from '../../layout/wide.js';
import {drawnMap} from '../../testing/drawn-map.js';
import {givenValues} from '../../testing/given-values.js';
import {TextSurface} from '../../testing/written-numbers.js';
import {drawEdges} from './edges.js';

const {layout, view} = drawnMap(givenValues(), 1000, 2);
const wide = layout as WideLayout;
/** Shows a part as large as it fits between the edges. */
const onto = ({x, width}: {x: number; width: number}): CameraView => {
  const k = (wide.width - wide.tokens.width) / width;
  return {k, x: wide.tokens.width - x * k, y: -wide.lanes[1]!.y * k + wide.header};
};
const written = (camera: CameraView): TextSurface => {
  const surface = new TextSurface();
  drawEdges(surface, wide, view, camera);
  return surface;
};

describe('the edges of a zoomed map', () => {
  it('name the columns and lanes that are seen, and no others', () => {
    const {texts} = written(onto(wide.blocks[0]!.heads![1]!));
    const all = texts.map(({text}) => text);
    expect(all).to.include.members(['Block 1', 'head 2', '·saw', 'Text']);
    for (const gone of ['head 1', 'Embedding', 'Next token']) expect(all).not.to.include(gone);
    expect(
      all.filter((text) => text === 'Mia'),
      'the token that is read, not its lane',
    ).to.have.length(1);
    for (const {text, x, y} of texts) {
      expect(x, text).to.be.within(0, wide.width);
      expect(y, text).to.be.within(0, wide.height);
    }
  });

  it('write which token each number of a head is about', () => {
    const {texts} = written(onto(wide.blocks[0]!.heads![0]!));
    const read = texts.filter(({y}) => y > wide.header && y < wide.header + 16).map(({text}) => text);
    expect(read).to.include.members(['Mia', '·saw', '·a']);
  });
});
