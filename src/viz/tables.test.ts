import {expect} from '@open-wc/testing';
import {barListHeight, drawBarList} from './bars.js';
import {ramp} from './color.js';
import {SvgSurface} from './svg-surface.js';
import {COLORS, type Theme} from './theme.js';
import {drawTokenTable, type TokenTable, tokenTableSize} from './token-table.js';

const theme = {
  ...Object.fromEntries(COLORS.map((name) => [name, '#808080'])),
  background: '#ffffff',
  mono: 'monospace',
  sans: 'sans-serif',
} as unknown as Theme;

const parsed = (surface: SvgSurface) => new DOMParser().parseFromString(surface.toString(), 'image/svg+xml');

describe('a table of tokens', () => {
  const table: TokenTable = {
    title: 'Targets [2, 3]',
    columns: ['0', '1', '2'],
    color: '#c4500a',
    rows: [
      {head: '0', cells: [{text: '·she'}, {text: '·saw'}, {text: '−100', masked: true}]},
      {head: '1', cells: [{text: '.'}, {text: '−100', masked: true}, {text: '−100', masked: true}]},
    ],
  };

  it('writes every token in its cell, inside the size that it asks for, and hatches what is masked', () => {
    const {width, height} = tokenTableSize(table);
    const surface = new SvgSurface(width, height);
    drawTokenTable(surface, table, theme, 0, 0);
    const svg = parsed(surface);
    const texts = [...svg.querySelectorAll('text')];
    expect(texts.map(({textContent}) => textContent)).to.deep.equal([
      'Targets [2, 3]',
      '0',
      '1',
      '2',
      '0',
      '·she',
      '·saw',
      '−100',
      '1',
      '.',
      '−100',
      '−100',
    ]);
    const fill = ramp('#ffffff', '#c4500a')(0.1);
    expect(svg.querySelectorAll(`rect[fill="${fill}"]`)).to.have.lengthOf(3);
    expect(svg.querySelectorAll('path[fill^="url"]')).to.have.lengthOf(3);
    for (const text of texts) {
      expect(Number(text.getAttribute('x'))).to.be.within(0, width);
      expect(Number(text.getAttribute('y'))).to.be.within(0, height);
    }
  });
});

describe('a list of bars', () => {
  it('draws each as long as its number', () => {
    const list = {
      title: 'Most frequent words',
      color: '#52606d',
      bars: [
        {label: 'the', value: 80, printed: '80'},
        {label: 'a', value: 20, printed: '20'},
      ],
    };
    const surface = new SvgSurface(400, barListHeight(list));
    drawBarList(surface, list, theme, 0, 0, 400);
    const [longest, other] = [...parsed(surface).querySelectorAll('rect')].map((bar) =>
      Number(bar.getAttribute('width')),
    );
    expect(longest! / other!).to.be.closeTo(4, 1e-9);
    expect([...parsed(surface).querySelectorAll('text')].map(({textContent}) => textContent)).to.deep.equal([
      'Most frequent words',
      'the',
      '80',
      'a',
      '20',
    ]);
  });
});
