import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {Holdings} from '../../ui/testing/contract/holdings.js';
import {until} from '../../ui/testing/until.js';
import {shareScale, signedScale} from '../../viz/color.js';
import {readTheme} from '../../viz/theme.js';
import './attention-matrix.js';
import {AttentionMatrixHarness, exampleAttention} from './attention-matrix.harness.js';
import type {AttentionMatrix} from './attention-matrix.js';

const example = exampleAttention();

async function drawn(template = html`<attention-matrix></attention-matrix>`, data: object = example) {
  const element = await fixture<AttentionMatrix>(template);
  Object.assign(element, data);
  const harness = new AttentionMatrixHarness(element);
  await harness.drawn();
  return {element, harness};
}

const rgb = (color: string): number[] => color.match(/\d+/g)!.map(Number);

describe('<attention-matrix> with given data', () => {
  it('<attention-matrix> draws each weight in its color', async () => {
    const {element, harness} = await drawn();
    const scale = shareScale(readTheme(element));
    for (const [query, key] of [
      [0, 0],
      [5, 4],
      [8, 2],
      [10, 10],
    ] as const)
      expect(harness.pixel(query, key), `cell ${query}, ${key}`).to.equal(
        scale.color(example.weights[0]![0]![query]![key]!),
      );
  });

  it('<attention-matrix> hatches masked cells and draws nothing else there', async () => {
    const {element, harness} = await drawn();
    const masked = rgb(readTheme(element).masked);
    // Diagonals of the masked color (with soft edges) on nothing.
    const canvas = harness.canvas!;
    const {data} = canvas.getContext('2d')!.getImageData(canvas.width * 0.7, canvas.height * 0.1, 40, 40);
    let [bare, inked] = [0, 0];
    for (let i = 0; i < data.length; i += 4)
      if (data[i + 3] === 0) bare++;
      else if (data[i + 3]! > 128) {
        inked++;
        for (const c of [0, 1, 2]) expect(data[i + c]).to.be.closeTo(masked[c]!, 3);
      }
    expect(bare, 'between the lines').to.be.greaterThan(200);
    expect(inked, 'lines').to.be.greaterThan(200);
  });

  it('<attention-matrix> shows the chosen head and emits gpt-head', async () => {
    const {element, harness} = await drawn();
    const event = oneEvent(element, 'gpt-head');
    await harness.chooseThumbnail(1, 2);
    expect((await event).detail).to.deep.equal({layer: 1, head: 2});
    expect([element.layer, element.head]).to.deep.equal([1, 2]);
    const pressed = harness.thumbnails.filter((thumb) => thumb.ariaPressed === 'true');
    expect(pressed.map((thumb) => thumb.ariaLabel)).to.deep.equal(['Layer 2, head 3']);
    expect(harness.pixel(9, 4)).to.equal(
      shareScale(readTheme(element)).color(example.weights[1]![2]![9]![4]!),
    );
    await harness.pick('head', 0);
    expect(element.head).to.equal(0);
    expect(harness.pixel(9, 4)).to.equal(
      shareScale(readTheme(element)).color(example.weights[1]![0]![9]![4]!),
    );
  });

  it('<attention-matrix> draws every head as a small picture of its weights', async () => {
    const {element, harness} = await drawn();
    const scale = shareScale(readTheme(element));
    expect(harness.thumbnails).to.have.length(8);
    for (const thumb of harness.thumbnails) {
      const canvas = thumb.querySelector('canvas')!;
      const [layer, head] = [Number(thumb.dataset.layer), Number(thumb.dataset.head)];
      const [query, key] = [8, 3];
      const cell = canvas.width / 11;
      const {data} = canvas.getContext('2d')!.getImageData((key + 0.4) * cell, (query + 0.4) * cell, 1, 1);
      expect(`rgb(${[...data.slice(0, 3)].join(', ')})`).to.equal(
        scale.color(example.weights[layer]![head]![query]![key]!),
      );
    }
  });

  it('<attention-matrix> describes the cell under the pointer and highlights its row and column', async () => {
    const {element, harness} = await drawn();
    const event = oneEvent(element, 'gpt-cell');
    await harness.hover(8, 7);
    const {detail} = await event;
    expect(detail).to.deep.include({layer: 0, head: 0, query: 8, key: 7});
    expect(detail.weight).to.be.closeTo(example.weights[0]![0]![8]![7]!, 1e-6);
    expect([harness.highlightedRows, harness.highlightedColumns]).to.deep.equal([[8], [7]]);
    const score = example.scores[0]![0]![8]![7]!;
    expect(harness.readout).to.contain(
      `·she → ·then: score ${score.toFixed(2)}, softmax over 9 tokens → 0.8`,
    );
    await harness.leave();
    expect([harness.highlightedRows, harness.highlightedColumns]).to.deep.equal([[], []]);
  });

  it('<attention-matrix> says why a masked cell is empty', async () => {
    const {harness} = await drawn();
    await harness.hover(2, 5);
    expect(harness.readout).to.contain('·the cannot look at ,: it comes later in the text');
  });

  it('<attention-matrix> colors the other tokens by the weights of the token under the pointer', async () => {
    const {element, harness} = await drawn();
    await harness.hoverChip(8);
    const scale = shareScale(readTheme(element));
    example.tokens.forEach((_, key) => {
      expect(harness.chips[key]!.style.backgroundColor).to.equal(
        scale.color(example.weights[0]![0]![8]![key]!),
      );
    });
    expect(harness.highlightedRows).to.deep.equal([8]);
    expect(harness.readout).to.contain('·she looks most at ·then (0.8');
  });

  it('<attention-matrix> moves over the cells with the keyboard', async () => {
    const {element, harness} = await drawn();
    await harness.key('ArrowLeft'); // starts at the last token
    expect([element.query, element.key]).to.deep.equal([10, 10]);
    await harness.key('ArrowUp');
    await harness.key('ArrowLeft');
    expect([element.query, element.key]).to.deep.equal([9, 9]);
    expect(harness.grid.getAttribute('aria-activedescendant')).to.equal('cursor');
    await harness.key('Home');
    expect(harness.spoken).to.contain('·ran looks at Mia: ');
    await harness.key('End');
    expect(harness.spoken).to.equal('·ran cannot look at .: masked, it comes later');
    await harness.key('Home', {ctrlKey: true});
    expect([element.query, element.key]).to.deep.equal([0, 0]);
    await harness.key('PageDown');
    expect(element.head).to.equal(1);
    await harness.key('PageUp');
    await harness.key('PageUp');
    expect(element.head).to.equal(3);
    await harness.key('Escape');
    expect(element.query).to.equal(undefined);
  });

  it('<attention-matrix> has a table for screen readers', async () => {
    const {harness} = await drawn();
    await harness.until(() => harness.spokenTable !== null, 'the table');
    const rows = [...harness.spokenTable!.querySelectorAll('tbody tr')];
    expect(rows).to.have.length(11);
    const cells = [...rows[8]!.querySelectorAll('td')].map((cell) => cell.textContent);
    expect(cells).to.deep.equal([
      ...example.weights[0]![0]![8]!.slice(0, 9).map((weight) => weight.toFixed(2)),
      'masked',
    ]);
  });

  it('<attention-matrix> shows scores before the softmax on a signed scale', async () => {
    const {element, harness} = await drawn();
    await harness.pick('show', 'scores');
    const seen = example.scores[0]!.flatMap((head) => head.flatMap((row, query) => row.slice(0, query + 1)));
    const scale = signedScale(readTheme(element), Math.fround(Math.max(...seen.map(Math.abs))));
    expect(harness.pixel(8, 3)).to.equal(scale.color(example.scores[0]![0]![8]![3]!));
  });

  it('<attention-matrix> accepts flat arrays and a single matrix', async () => {
    const tokens = ['a', 'b', 'c'];
    const weights = Float32Array.of(1, 0, 0, 0.25, 0.75, 0, 0.1, 0.2, 0.7);
    const {element, harness} = await drawn(undefined, {tokens, weights});
    expect(harness.thumbnails).to.have.length(0); // one head: nothing to choose from
    expect(harness.pixel(1, 0)).to.equal(shareScale(readTheme(element)).color(0.25));
    element.weights = [
      [0.5, 0.5, 0],
      [0, 0.5, 0.5],
      [0, 0, 1],
    ];
    await harness.hover(0, 1);
    await until(() => harness.readout.includes('a → b: weight 0.500'), 'the new weights'); // looks ahead, so nothing is masked
  });

  it('<attention-matrix> says what is wrong with given data', async () => {
    const element = await fixture<AttentionMatrix>(html`<attention-matrix></attention-matrix>`);
    const harness = new AttentionMatrixHarness(element);
    const wrong: [object, string][] = [
      [{weights: new Float32Array(5), tokens: ['a', 'b']}, 'it must be a multiple of 2 × 2'],
      [{weights: [[1, 0], [0.5]], tokens: ['a', 'b']}, 'must be square'],
      [
        {
          weights: [
            [1, 0],
            [0.5, 0.5],
          ],
          tokens: ['a'],
        },
        'give one token for each row',
      ],
      [
        {
          weights: [
            [3, 0],
            [0.5, 0.5],
          ],
          tokens: ['a', 'b'],
        },
        'lie between 0 and 1',
      ],
    ];
    for (const [data, message] of wrong) {
      Object.assign(element, data);
      await until(() => harness.messages.includes(message), `“${message}”`);
    }
  });

  it('<attention-matrix> scrolls inside its frame if cells would become too small', async () => {
    const size = 80;
    const weights = Float32Array.from({length: size * size}, (_, i) =>
      i % size > i / size ? 0 : 1 / (Math.floor(i / size) + 1),
    );
    const tokens = Array.from({length: size}, () => 'x');
    const {element, harness} = await drawn(html`<attention-matrix style="width: 360px"></attention-matrix>`, {
      tokens,
      weights,
    });
    expect(harness.cell).to.be.at.least(6);
    expect(element.scrollWidth).to.be.at.most(360);
    const frame = harness.root.querySelector('.frame')!;
    expect(frame.scrollWidth).to.be.greaterThan(frame.clientWidth);
    expect(harness.readout).to.contain('almost evenly');
  });

  it('<attention-matrix> exports the selected head as an SVG picture', async () => {
    const {harness} = await drawn();
    let exported: Blob | undefined;
    const {createObjectURL} = URL;
    const {click} = HTMLAnchorElement.prototype;
    URL.createObjectURL = (blob: Blob) => createObjectURL.call(URL, (exported = blob));
    HTMLAnchorElement.prototype.click = () => {};
    try {
      [...harness.root.querySelectorAll('button')]
        .find((button) => button.textContent?.trim() === 'SVG')!
        .click();
      await until(() => exported !== undefined, 'the picture');
    } finally {
      URL.createObjectURL = createObjectURL;
      HTMLAnchorElement.prototype.click = click;
    }
    const svg = new DOMParser().parseFromString(await exported!.text(), 'image/svg+xml');
    expect(svg.querySelector('parsererror')).to.equal(null);
    const texts = [...svg.querySelectorAll('text')].map((text) => text.textContent);
    expect(texts).to.include.members(['·she', 'queries: tokens that look', '.89', 'masked: the future']);
  });

  it('<attention-matrix> is accessible, also with a chosen cell', async () => {
    const {element, harness} = await drawn();
    await expect(element).to.be.accessible();
    await harness.key('ArrowLeft');
    await expect(element).to.be.accessible();
  });

  it('<attention-matrix> with given data loads no tfjs and starts no worker', async () => {
    await drawn();
    const loaded = performance.getEntriesByType('resource').map(({name}) => name);
    expect(loaded.filter((name) => /tensorflow|tfjs|\.worker/.test(name))).to.deep.equal([]);
  });

  it('<attention-matrix> is drawn again when the page switches to dark or changes its colors', async () => {
    const {element, harness} = await drawn();
    const root = document.documentElement;
    const settles = (what: string) =>
      harness.until(() => harness.pixel(0, 0) === shareScale(readTheme(element)).color(1), what);
    const light = harness.pixel(0, 0);
    try {
      root.style.colorScheme = 'dark';
      await settles('dark');
      expect(harness.pixel(0, 0)).not.to.equal(light);
      root.style.setProperty('--gpt-attention', 'oklch(0.6 0.2 140)');
      await settles('a token of the page, in another color space');
    } finally {
      root.removeAttribute('style');
    }
    await settles('light again');
    expect(harness.pixel(0, 0)).to.equal(light);
  });

  it('<attention-matrix> stops its timers when removed and works when added again', async () => {
    const holdings = new Holdings();
    const {element, harness} = await drawn();
    const parent = element.parentElement!;
    element.remove();
    await harness.until(() => holdings.list.length === 0, 'the last timer');
    holdings.end();
    expect(harness.spokenTable, 'a timer ran on').to.equal(null);
    parent.append(element);
    element.head = 1;
    await element.updateComplete;
    expect(harness.pixel(9, 4)).to.equal(
      shareScale(readTheme(element)).color(example.weights[0]![1]![9]![4]!),
    );
  });
});
