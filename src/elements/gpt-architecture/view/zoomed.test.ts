import {expect} from '@open-wc/testing';
import {SvgSurface} from '../../../viz/svg-surface.js';
import {steadyLines} from './zoomed.js';

describe('steadyLines', () => {
  it('draws lines and dashes so that they keep their width where all is shown five times as large', () => {
    const surface = new SvgSurface(10, 10);
    const steady = steadyLines(surface, 5);
    steady.path('M0 0h5', {stroke: 'black', lineWidth: 2, dash: [10, 5]});
    steady.rect(0, 0, 5, 5, {stroke: 'black'});
    const file = surface.toString();
    expect(file).to.contain('stroke-width="0.4"').and.contain('stroke-width="0.2"');
    expect(file).to.match(/stroke-dasharray="2[ ,]1"/);
    expect(file).to.contain('width="5"');
  });

  it('lets small text grow with what it belongs to, and large text not', () => {
    const surface = new SvgSurface(10, 10);
    const steady = steadyLines(surface, 5);
    steady.text('small', 0, 0, {fill: 'black', size: 2});
    steady.text('large', 0, 0, {fill: 'black', size: 12});
    expect(surface.toString()).to.contain('font-size="2"').and.contain('font-size="3"');
  });
});
