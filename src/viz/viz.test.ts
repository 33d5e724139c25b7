import {expect} from '@open-wc/testing';
import {CanvasSurface} from './canvas-surface.js';
import {contrast, parseColor, ramp, shareScale, signedScale, textOn} from './color.js';
import {decimate} from './decimate.js';
import {picture} from './picture.js';
import {SvgSurface} from './svg-surface.js';
import {COLORS, type Theme} from './theme.js';

const theme = {
  ...Object.fromEntries(COLORS.map((name) => [name, '#808080'])),
  background: '#ffffff',
  text: '#1c2126',
  attention: '#5b3f9e',
  positive: '#b35806',
  negative: '#542788',
  mono: 'monospace',
  sans: 'sans-serif',
} as unknown as Theme;

describe('color scales', () => {
  it('start at the background and end at the token’s color', () => {
    const scale = shareScale(theme);
    expect(scale.color(0)).to.equal('rgb(255, 255, 255)');
    expect(scale.color(1)).to.equal('rgb(91, 63, 158)');
    const signed = signedScale(theme, 2);
    expect([-2, 0, 2].map(signed.color)).to.deep.equal([
      'rgb(84, 39, 136)',
      'rgb(255, 255, 255)',
      'rgb(179, 88, 6)',
    ]);
  });

  it('are mixed in OKLab: half way from black to white is L = 0.5', () => {
    // L = 0.5 without chroma is linear light 0.125, in sRGB 0.3886 of full.
    expect(ramp('#000', '#fff')(0.5)).to.equal('rgb(99, 99, 99)');
  });

  it('grow with the square root, or with the number', () => {
    expect(shareScale(theme).color(0.25)).to.equal(shareScale(theme, 'linear').color(0.5));
  });

  it('leave text legible on every shade', () => {
    for (const scale of [shareScale(theme), signedScale(theme, 1)])
      for (let value = -1; value <= 1; value += 0.01) {
        const color = scale.color(value);
        expect(contrast(textOn(color, theme), color)).to.be.at.least(4.5);
      }
    expect(contrast('#000', '#fff')).to.equal(21);
  });

  it('read the colors that a theme holds', () => {
    expect(parseColor('rgba(1, 2, 3, 0.5)')).to.deep.equal([1, 2, 3]);
    expect(() => parseColor('rebeccapurple')).to.throw('not a color of the form');
  });
});

describe('decimate', () => {
  it('keeps the extremes of each pixel column', () => {
    const xs = Array.from({length: 1000}, (_, i) => i);
    const ys = xs.map((x) => (x === 417 ? 50 : x === 623 ? -50 : Math.sin(x)));
    const kept = decimate(xs, ys, 0, 1000, 10);
    expect(kept).to.include.members([0, 417, 623, 999]);
    expect(kept.length).to.be.at.most(40);
    expect([...kept].sort((a, b) => a - b)).to.deep.equal(kept);
  });

  it('leaves out what is not finite', () => {
    expect(decimate([0, 1, 2], [1, Number.NaN, 3], 0, 2, 100)).to.deep.equal([0, 2]);
  });
});

describe('a grid of cells', () => {
  const colors = ['rgb(255, 0, 0)', undefined, 'rgb(0, 0, 255)', 'rgb(0, 128, 0)'];

  it('has hard edges on a canvas, at any size of cell and of pixel', () => {
    const canvas = document.createElement('canvas');
    new CanvasSurface(canvas, 40, 40, 1.5).grid(5, 5, 12.4, 2, colors);
    const at = (x: number, y: number) => [
      ...canvas.getContext('2d')!.getImageData(x * 1.5, y * 1.5, 1, 1).data,
    ];
    expect(at(6, 6)).to.deep.equal([255, 0, 0, 255]);
    expect(at(16, 16)).to.deep.equal([255, 0, 0, 255]);
    expect(at(19, 16)).to.deep.equal([0, 0, 0, 0]);
    expect(at(16, 19)).to.deep.equal([0, 0, 255, 255]);
    expect(at(28, 28)).to.deep.equal([0, 128, 0, 255]);
  });

  it('is a rectangle for each color in SVG', () => {
    const surface = new SvgSurface(40, 40);
    surface.grid(5, 5, 10, 2, colors);
    expect(String(surface).match(/<rect[^>]*>/g)).to.deep.equal([
      '<rect x="5" y="5" width="10" height="10" fill="rgb(255, 0, 0)"/>',
      '<rect x="5" y="15" width="10" height="10" fill="rgb(0, 0, 255)"/>',
      '<rect x="15" y="15" width="10" height="10" fill="rgb(0, 128, 0)"/>',
    ]);
  });
});

describe('pictures', () => {
  const draw = (surface: {
    rect: SvgSurface['rect'];
    text: SvgSurface['text'];
    hatch: SvgSurface['hatch'];
  }) => {
    surface.rect(10, 10, 20, 20, {fill: '#ff0000'});
    surface.hatch('M50 0H100V50H50Z', {stroke: '#0000ff', spacing: 4});
    surface.text('a < b & "c"', 5, 60, {fill: '#000000', size: 12});
  };

  it('become well-formed SVG with a title', () => {
    const svg = picture({width: 100, height: 80, title: 'a < b', theme, draw}).svg();
    const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(document.querySelector('parsererror')).to.equal(null);
    expect(document.querySelector('title')!.textContent).to.equal('a < b');
    expect(document.querySelector('text')!.textContent).to.equal('a < b & "c"');
    expect(document.querySelector('pattern')!.id).to.equal(
      /url\(#(.*?)\)/.exec(document.querySelector('path[fill^=url]')!.getAttribute('fill')!)![1],
    );
  });

  it('become a PNG of the same at twice the size', async () => {
    const blob = await picture({width: 100, height: 80, title: '', theme, draw}).png();
    const bitmap = await createImageBitmap(blob);
    expect([bitmap.width, bitmap.height]).to.deep.equal([200, 160]);
    const context = new OffscreenCanvas(200, 160).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    expect([...context.getImageData(30, 30, 1, 1).data]).to.deep.equal([255, 0, 0, 255]);
    expect([...context.getImageData(10, 140, 1, 1).data]).to.deep.equal([255, 255, 255, 255]);
    const hatched = context.getImageData(120, 20, 60, 60).data;
    const blue = Array.from({length: 3600}, (_, i) => hatched[4 * i]! < 100).filter(Boolean).length;
    expect(blue / 3600, 'a quarter or so is ink').to.be.within(0.1, 0.45);
  });
});
