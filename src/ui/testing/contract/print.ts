import {expect} from '@open-wc/testing';
import type {Check} from './check.js';
import {emulate} from './emulate.js';
import {nameOf, textLeaves, visibleElements} from './visible.js';

const CONTROLS = 'select, input[type="range"], .controls button, .footer button, [part="footer"] button';

export const prints: Check = {
  title: 'prints in light colors, without controls and without waiting for a model',
  async run(stage) {
    const page = document.documentElement;
    page.style.colorScheme = 'light dark';
    await emulate();
    const inLight = (await stage.mount()).harness.all<HTMLCanvasElement>('canvas').map(darkness);
    stage.clear();
    await emulate({dark: true});
    try {
      const {element, harness} = await stage.mount();
      const canvases = () => harness.all<HTMLCanvasElement>('canvas');
      await emulate({media: 'print', dark: true});
      window.dispatchEvent(new Event('beforeprint'));
      const isLight = () => canvases().every((canvas, i) => Math.abs(darkness(canvas) - inLight[i]!) < 0.05);
      await harness.until(isLight, 'canvases in light colors', 2000).catch(() => {});
      expect(isLight(), 'canvases are drawn in light colors').to.equal(true);
      if (textLeaves(harness.root).length > 0)
        expect(luminance(getComputedStyle(element).color), 'text is dark').to.be.lessThan(0.4);
      const left = visibleElements(harness.root, CONTROLS).map(nameOf);
      expect(left, 'controls on paper').to.deep.equal([]);
      if (stage.declaration.models) {
        const [source] = stage.declaration.models;
        const far = await stage.put({source, style: 'margin-top: 5000px'});
        const waiting = textLeaves(far.harness.root)
          .filter((leaf) => leaf.closest('.waiting'))
          .map(nameOf);
        expect(waiting, 'waiting on paper').to.deep.equal([]);
      }
    } finally {
      window.dispatchEvent(new Event('afterprint'));
      page.style.colorScheme = '';
      await emulate();
    }
  },
};

/** How dark a canvas is on white paper: 0 white, 1 black. */
function darkness(canvas: HTMLCanvasElement): number {
  const small = new OffscreenCanvas(32, 32).getContext('2d')!;
  small.fillStyle = 'white';
  small.fillRect(0, 0, 32, 32);
  if (canvas.width && canvas.height) small.drawImage(canvas, 0, 0, 32, 32);
  const {data} = small.getImageData(0, 0, 32, 32);
  return 1 - data.reduce((sum, value, i) => (i % 4 === 3 ? sum : sum + value), 0) / (3 * 32 * 32 * 255);
}

function luminance(color: string): number {
  const pixel = new OffscreenCanvas(1, 1).getContext('2d')!;
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  const [r, g, b] = pixel.getImageData(0, 0, 1, 1).data;
  return (0.2126 * r! + 0.7152 * g! + 0.0722 * b!) / 255;
}
