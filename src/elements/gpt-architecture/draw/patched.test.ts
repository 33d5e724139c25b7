import {expect} from '@open-wc/testing';
import {drawnMap} from '../testing/drawn-map.js';
import {givenValues} from '../testing/given-values.js';

describe('the map of a model with a patched MLP', () => {
  for (const width of [390, 1280])
    it(`does not count the MLP’s own active units (${width} px)`, () => {
      const written = (patched: string[]): string =>
        drawnMap({...givenValues(), patched}, width, 2)
          .surface.texts.map(({text}) => text)
          .join('\n');
      expect(written([])).to.contain(' active').and.not.contain('patched');
      expect(written(['h.0.mlp']))
        .to.contain('MLP patched')
        .and.not.contain(' active');
    });
});
