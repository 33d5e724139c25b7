import {expect, oneEvent} from '@open-wc/testing';
import {words} from '../../ui/testing/words.js';
import {setUp, setUpModel} from './testing/set-up.js';

const BEGIN = '▶ Walk through it';

/** What the stage on show does with the text, without what is said of the map. */
const told = ({root}: {root: ParentNode}): string =>
  words(root.querySelector('.fact')!).replace(/ \(The map.*/, '');

describe('the walkthrough of <gpt-architecture>', () => {
  it('goes through the stages by buttons and keys, and tells the page', async () => {
    const {element, harness} = await setUp();
    setTimeout(() => harness.press(BEGIN));
    const {detail} = await oneEvent(element, 'gpt-stage');
    expect(detail).to.deep.equal({stage: 'text'});
    const next = (): Element | null => harness.root.querySelector('[aria-label="Next stage"]');
    await harness.until(
      () => harness.hasButton('Pause') && harness.root.activeElement === harness.button('Pause'),
      'the button that pauses, in focus',
    );
    await harness.step('ArrowRight', ' ');
    expect(harness.hasButton('Play'), 'whoever steps is not hurried on').to.equal(true);
    expect(element.stage).to.equal('embed.position');
    expect(harness.sentence).to.contain('Position embedding.');
    await harness.step('ArrowLeft');
    expect(element.stage).to.equal('embed.token');
    (next() as HTMLElement).focus();
    await harness.keys(next() as HTMLElement, 'End', 'ArrowRight');
    expect(element.stage).to.equal('next');
    expect(harness.root.activeElement, 'the focus at the last stage').to.equal(next());
    await harness.step('Home');
    expect(element.stage).to.equal('text');
    await harness.step('Escape');
    expect(element.stage).to.equal('');
    expect(harness.hasButton(BEGIN)).to.equal(true);
  });

  it('on a narrow page shows one stage of the map, and a strip of the parts that leads to their first stages', async () => {
    const {element, harness} = await setUp({stage: 'next'});
    element.style.width = '360px';
    await harness.until(() => harness.has('.strip'), 'the strip');
    expect(harness.all('.strip button').map(words)).to.deep.equal([
      'Text',
      'Embed',
      '1 attn',
      '1 MLP',
      'Next',
    ]);
    const mapWindow = harness.field('.window');
    const end = mapWindow.scrollTop;
    expect(end).to.be.greaterThan(0);
    await harness.press('Embed');
    expect(element.stage).to.equal('embed.token');
    expect(words(harness.field('.strip [aria-current]'))).to.equal('Embed');
    expect(mapWindow.scrollTop).to.be.lessThan(end);
    await expect(element).to.be.accessible();
  });

  it('shows the stage that the page asks for, and no stage for an unknown name', async () => {
    const {element, harness} = await setUp({stage: 'h.0.attn.softmax'});
    expect(harness.sentence).to.contain('Block 1, softmax.');
    element.stage = 'h.9.attn.softmax';
    await element.updateComplete;
    expect(harness.hasButton(BEGIN)).to.equal(true);
  });

  it('steps by keys where a link has focused the element itself, and begins a stage with nothing else open', async () => {
    const {element} = await setUp({stage: 'text', open: 'h.0.mlp', selected: 'h.0.mlp'});
    expect(element.open, 'asked for with the stage').to.equal('h.0.mlp');
    element.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true, cancelable: true}));
    await element.updateComplete;
    expect([element.stage, element.open, element.selected]).to.deep.equal(['embed.token', '', '']);
  });

  it('begins from a button beside the text in the compact form, and goes back to it', async () => {
    const {element, harness} = await setUpModel();
    element.compact = true;
    await element.updateComplete;
    await harness.press(BEGIN);
    await harness.until(() => harness.hasButton('Pause'), 'the walkthrough, playing');
    expect(element.stage).to.equal('text');
    expect(harness.hasButton(BEGIN)).to.equal(false);
    const pause = harness.button('Pause');
    await harness.until(() => harness.root.activeElement === pause, 'the focus on the button that pauses');
    await harness.press('Whole map');
    expect(element.stage).to.equal('');
    await harness.until(
      () => harness.hasButton(BEGIN) && harness.root.activeElement === harness.button(BEGIN),
      'the focus on the button again',
    );
  });

  it('begins below the compact map on a narrow page, and goes through the map with all tokens', async () => {
    const {element, harness} = await setUpModel(360);
    element.compact = true;
    await element.updateComplete;
    expect(harness.hasButton(BEGIN)).to.equal(true);
    expect(harness.has('.text-input .begin'), 'beside the text').to.equal(false);
    expect(harness.parts).not.to.include('token.0');
    await harness.press(BEGIN);
    await harness.until(() => harness.hasButton('Pause'), 'the walkthrough, playing');
    expect(harness.parts).to.include('token.0');
  });

  it('says at each stage what happens there, and what of the text on show', async () => {
    const {element, harness} = await setUpModel();
    await harness.choose('token.1');
    element.stage = 'text';
    await harness.until(() => harness.has('.walkthrough.open'), 'the first stage');
    const facts: string[] = [];
    for (const option of harness.all('select option')) {
      facts.push(harness.words('.fact'));
      expect(facts.at(-1), words(option)).to.match(/\d/);
      expect(harness.readout).to.equal('Choose a part of the map to read its numbers.');
      await harness.step('ArrowRight');
    }
    expect(facts.length).to.be.greaterThan(20);
    expect(new Set(facts).size, 'none is said twice').to.equal(facts.length);
  });

  it('plays by itself, until it is paused', async () => {
    const {element, harness} = await setUp({stage: 'text'});
    await harness.press('Play');
    await harness.until(() => element.stage === 'embed.token', 'the next stage');
    await harness.press('Pause');
    expect(harness.hasButton('Play')).to.equal(true);
  });

  it('shows the numbers of the stage as the model computed them, with the sum behind each', async () => {
    const {model, element, harness} = await setUpModel();
    const {live} = model;
    const ids = live.encode('one two');
    const trace = await live.trace({ids, want: ['*']});
    const stages: [stage: string, tensor: string][] = [
      ['embed', 'embed'],
      ['h.0.ln_1', 'h.0.ln_1'],
      ['h.0.attn.q', 'h.0.attn.q'],
      ['h.0.attn.softmax', 'h.0.attn.probs'],
      ['h.0.attn.context', 'h.0.attn.context'],
      ['h.0.mlp.gelu', 'h.0.mlp.hidden'],
      ['h.0.mlp.out', 'h.0.mlp.out'],
    ];
    for (const [stage, tensor] of stages) {
      element.stage = stage;
      await harness.until(() => harness.has(`.cells[aria-label^="Numbers of ${tensor} "]`), tensor);
      const {shape, data} = trace[tensor]!;
      const width = shape.at(-1)!;
      const start = (ids.length - 1) * width;
      const expected = [...(data as Float32Array).slice(start, start + width)];
      for (const [i, value] of harness.cells.entries())
        expect(value, `${stage}, ${i}`).to.be.closeTo(expected[i]!, 0.0006);
      const shown = Number(/= (−?[\d.]+)/.exec(harness.arithmetic)![1]!.replace('−', '-'));
      // Of the heads’ results, those of the head on show.
      const {nHeads, embDim} = live.config!;
      const own = stage.endsWith('context') ? expected.slice(0, embDim / nHeads) : expected;
      const furthest = own.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
      const opened = stage.endsWith('gelu') ? Math.max(...own) : furthest;
      if (Math.abs(opened) > 0.001) expect(shown, stage).to.be.closeTo(opened, 0.006 * Math.abs(opened));
    }
    expect(harness.arithmetic).to.contain('sum of 64 terms and the bias');
    await expect(element).to.be.accessible();
  });

  it('opens the numbers of a stage on the number that its sentence names', async () => {
    const {element, harness} = await setUpModel();
    for (const [stage, tensor] of [
      ['h.0.attn.q', 'h.0.attn.q'],
      ['h.0.attn.k', 'h.0.attn.k'],
      ['h.0.attn.v', 'h.0.attn.v'],
      ['h.0.attn.scores', 'h.0.attn.scores'],
      ['h.0.mlp.gelu', 'h.0.mlp.hidden'],
    ] as const) {
      element.stage = stage;
      await harness.until(
        () => harness.has(`.cells[aria-label^="Numbers of ${tensor} "]`) && /\d[.]?$/.test(told(harness)),
        stage,
      );
      const opened = /= (−?[\d.]+)/.exec(harness.arithmetic)![1]!;
      if (stage.endsWith('scores')) expect(harness.arithmetic).to.contain(`÷`);
      expect(told(harness), stage).to.contain(opened);
    }
  });

  it('draws products in their geometry; each number of them can be reached by keys and is the one that the model computed', async () => {
    const {model, element, harness} = await setUpModel();
    const {live} = model;
    const ids = live.encode('one two');
    const trace = await live.trace({ids, want: ['*']});
    const {embDim, nHeads} = live.config!;
    const D = embDim / nHeads;
    const T = ids.length;
    const cases: [stage: string, offset: (row: number, column: number) => number][] = [
      ['attn.q', (row, column) => row * D + column],
      ['attn.scores', (row, column) => row * T + column],
      ['attn.context', (row, column) => row * embDim + column],
      ['mlp.pre', (row, column) => row * 4 * embDim + column],
    ];
    for (const [stage, offset] of cases) {
      element.stage = `h.0.${stage}`;
      await harness.until(
        () => harness.has(`.cells[aria-label^="Numbers of h.0.${stage} "]`) && harness.matrices.length === 3,
        stage,
      );
      const {data} = trace[`h.0.${stage}`]!;
      await harness.moveInProduct('Home');
      for (const [keys, row, column] of [
        [['ArrowUp'], T - 2, 0],
        [['ArrowRight'], T - 2, 1],
        [['ArrowDown'], T - 1, 1],
      ] as const) {
        await harness.moveInProduct(...keys);
        const shown = Number(harness.productNumber.split(': ').at(-1)!.replace('−', '-'));
        expect(shown, `${stage}[${row}, ${column}]`).to.be.closeTo(data[offset(row, column)]!, 0.0051);
        expect(element.token, stage).to.equal(row);
      }
    }
    element.stage = 'h.0.ln_1';
    await harness.until(() => harness.has('.cells[aria-label^="Numbers of h.0.ln_1 "]'), 'the norm');
    expect(harness.matrices).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });

  it('says which parts pushed a candidate up or down; they add up to its logit', async () => {
    const {model, element, harness} = await setUpModel();
    await harness.choose('next.0');
    await harness.until(() => harness.has('.attribution'), 'the attribution');
    const {attribution} = harness;
    const [, logit] = attribution.at(-1)!;
    const parts = attribution.slice(0, -1);
    expect(parts.map(([name]) => name)).to.deep.equal([
      'token embedding',
      'position embedding',
      'block 1, head 1',
      'block 1, head 2',
      'block 1, attention bias',
      'block 1, MLP',
      'bias of the final norm',
    ]);
    expect(parts.reduce((sum, [, value]) => sum + value, 0)).to.be.closeTo(logit, 0.005 * parts.length);
    const ids = model.live.encode('one two');
    const {data} = (await model.live.trace({ids, want: ['logits']})).logits!;
    const last = [...(data as Float32Array).slice(-model.live.config!.vocabSize)];
    expect(logit).to.be.closeTo(Math.max(...last), 0.006);
    await expect(element).to.be.accessible();
  });
});
