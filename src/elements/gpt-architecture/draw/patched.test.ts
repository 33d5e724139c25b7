import {expect} from '@open-wc/testing';
import {drawnMap, ERROR} from '../testing/drawn-map.js';
import {givenValues} from '../testing/given-values.js';

describe('the map of a model with patched parts', () => {
  for (const width of [390, 1280])
    it(`crosses out numbers that do not go on, and does not count the MLP’s own active units (${width} px)`, () => {
      const written = (patched: string[]): string =>
        drawnMap({...givenValues(), patched}, width, 2)
          .surface.texts.map(({text}) => text)
          .join('\n');
      const crossedOut = (patched: string[]): number =>
        drawnMap({...givenValues(), patched}, width, 2).surface.lines.filter(({stroke}) => stroke === ERROR)
          .length;
      expect(written([])).to.contain(' active').and.not.contain('patched');
      expect(written(['h.0.mlp']))
        .to.contain('MLP patched')
        .and.not.contain(' active');
      expect(crossedOut([])).to.equal(0);
      // One line of the only lane on a narrow page; of each on a wide one.
      expect(crossedOut(['h.0.mlp', 'h.0.attn.1'])).to.equal(width < 680 ? 2 : 6);
    });

  it('draws none of a patched part’s own numbers, and says whose go on', () => {
    const numbers = (patched: string[]): string[] =>
      drawnMap({...givenValues(), patched}, 1280, 2).surface.texts.map(({text}) => text);
    const [usual, head, mlp] = [[], ['h.0.attn.1'], ['h.0.mlp']].map(numbers) as [
      string[],
      string[],
      string[],
    ];
    const shares = (texts: string[]): number => texts.filter((text) => text === '33').length;
    expect(shares(usual), 'of the last token, three in each head').to.equal(6);
    expect(shares(head)).to.equal(3);
    expect(head.some((text) => /^(replaced|other text’s)$/.test(text))).to.equal(true);
    // The hidden units of three tokens.
    expect(usual.length - mlp.length).to.be.greaterThan(3 * 16 - 4);
  });
});
