import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {TINY_SPEC} from '../../engine/testing/in-process.js';
import {words} from '../../ui/testing/words.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './gpt-architecture.js';
import {GptArchitectureHarness} from './gpt-architecture.harness.js';
import type {GptArchitecture} from './gpt-architecture.js';
import {givenValues} from './testing/given-values.js';

async function setUp(attributes: Partial<GptArchitecture> = {}) {
  const element = await fixture<GptArchitecture>(
    html`<gpt-architecture style="width: 1000px" .values=${givenValues()}></gpt-architecture>`,
  );
  Object.assign(element, attributes);
  const harness = new GptArchitectureHarness(element);
  await harness.drawn();
  return {element, harness};
}

/** The tiny model, and a map of it on a short text. */
async function setUpModel(width = 1000) {
  const {corpus, config, seed} = TINY_SPEC;
  const model = await fixture<GptModel>(html`<gpt-model></gpt-model>`);
  Object.assign(model, {backendChoice: 'cpu', seed, configChoice: config, corpus});
  await model.updateComplete;
  const element = document.createElement('gpt-architecture');
  element.text = 'one two';
  element.style.width = `${width}px`;
  model.append(element);
  const harness = new GptArchitectureHarness(element);
  await harness.drawn();
  return {model, element, harness};
}

describe('<gpt-architecture>', () => {
  it('shows given values: tokens, embeddings, heads, MLP and candidates', async () => {
    const {harness} = await setUp();
    expect(harness.parts).to.include.members([
      'token.2',
      'embed.token',
      'embed.position',
      'h.0.attn.0',
      'h.0.attn.1',
      'h.0.mlp',
    ]);
    expect(harness.candidates.slice(0, 2)).to.deep.equal([
      '·kite follows ·a with a probability of 75 %.',
      '·drum follows ·a with a probability of 25 %.',
    ]);
    expect(harness.spoken('h.0.attn.1')).to.equal(
      'Block 1, head 2: ·a attends 33 % to Mia and 33 % to ·saw.',
    );
  });

  it('moves through the parts by arrow keys, into them by Enter and out by Escape', async () => {
    const {element, harness} = await setUp({selected: 'h.0'});
    await harness.move('Enter', 'Enter', 'ArrowDown');
    expect(harness.selected).to.equal('h.0.attn.1');
    expect(harness.root.activeElement).to.equal(harness.field('[aria-selected="true"]'));
    await harness.move('Escape', 'ArrowDown');
    expect(harness.selected).to.equal('h.0.mlp');
    await harness.move('ArrowLeft', 'Home');
    expect(element.selected).to.equal('tokens');
  });

  it('opens a part in place by Enter and by a second click, and closes it again', async () => {
    const {element, harness} = await setUp({selected: 'h.0.attn.1'});
    const closed = harness.width('h.0.attn.1');
    const others = harness.width('h.0.mlp');
    await harness.move('Enter');
    expect(element.open).to.equal('h.0.attn.1');
    await harness.until(() => harness.width('h.0.attn.1') > 3 * closed, 'the open head');
    expect(harness.width('h.0.mlp')).to.be.lessThan(others);
    await harness.choose('h.0.attn.1');
    await harness.until(() => harness.width('h.0.attn.1') === closed, 'the closed head');
    expect(element.open).to.equal('');
  });

  it('shows the lane of the chosen token, and tells the page', async () => {
    const {element, harness} = await setUp();
    setTimeout(() => harness.choose('token.1'));
    const {detail} = await oneEvent(element, 'gpt-part');
    expect(detail).to.deep.equal({part: 'token.1'});
    await element.updateComplete;
    expect(element.token).to.equal(1);
    expect(harness.spoken('next.0')).to.contain('·kite follows ·saw');
    expect(harness.readout).to.contain('Token 2 is ·saw, id 6.');
  });

  it('draws one lane from top to bottom on a narrow page, with the same parts', async () => {
    const {element, harness} = await setUp();
    const {parts} = harness;
    const wide = harness.field<HTMLElement>('.map').offsetHeight;
    element.style.width = '360px';
    await harness.until(() => harness.field<HTMLElement>('.map').offsetHeight > wide, 'the vertical map');
    expect(harness.parts).to.deep.equal(parts);
  });

  it('shows the way from the model to the selected part, and leads back', async () => {
    const {element, harness} = await setUp({selected: 'h.0.attn.1'});
    expect(harness.words('.path')).to.equal('Model › Block 1 › Attention › Head 2');
    await harness.press('Block 1');
    expect(element.selected).to.equal('h.0');
    await harness.press('Model');
    expect(element.selected).to.equal('');
    expect(harness.has('.path')).to.equal(false);
  });

  it('zooms around a part by + and −, back to the whole map by Escape, and by the wheel with Ctrl only', async () => {
    const {element, harness} = await setUp({selected: 'h.0.mlp'});
    const width = () => harness.field('[data-part="h.0.mlp"]').getBoundingClientRect().width;
    const whole = width();
    await harness.move('+', '+');
    await harness.until(() => width() > 2 * whole, 'the zoomed map');
    expect(harness.has('.overview')).to.equal(true);
    await harness.move('-');
    await harness.until(() => width() < 2 * whole, 'a smaller factor');
    await harness.move('Escape');
    await harness.until(() => width() === whole && !harness.has('.overview'), 'the whole map');
    expect(element.selected, 'Escape has only ended the zoom').to.equal('h.0.mlp');
    const wheel = (init: WheelEventInit) =>
      harness
        .field('[data-part="h.0.attn.0"]')
        .dispatchEvent(new WheelEvent('wheel', {bubbles: true, cancelable: true, view: window, ...init}));
    expect(wheel({deltaY: -100}), 'the page scrolls').to.equal(true);
    expect(width()).to.equal(whole);
    expect(wheel({deltaY: -100, ctrlKey: true})).to.equal(false);
    await harness.until(() => width() > whole, 'the map zoomed by the wheel');
    await harness.press('Model');
    await harness.until(() => width() === whole, 'the whole map again');
  });

  it('shows how large each part is', async () => {
    const {harness} = await setUp();
    await harness.press('Sizes');
    await harness.until(() => harness.has('.sizes table'), 'the sizes');
    expect(
      harness.rowTexts('.sizes tbody tr').map(([name, , parameters]) => [name, parameters]),
    ).to.deep.equal([
      ['token embedding', '32'],
      ['position embedding', '32'],
      ['block 1, attention', '80'],
      ['block 1, MLP', '148'],
      ['layer norms', '24'],
      ['head (shares the token embedding)', '0'],
    ]);
    expect(harness.rowTexts('.sizes tfoot tr')[0]![2]).to.equal('316');
  });

  it('takes less room in its compact form, without walkthrough, key and actions', async () => {
    const {element, harness} = await setUp();
    const {parts} = harness;
    const usual = element.offsetHeight;
    element.compact = true;
    await element.updateComplete;
    expect(element.offsetHeight).to.be.lessThan(0.9 * usual);
    expect(harness.parts).to.include.members(parts.filter((part) => !/^next\.[67]$/.test(part)));
    for (const part of ['.walkthrough', '.key', '.actions']) expect(harness.has(part), part).to.equal(false);
  });

  it('tells how the guess forms until the reader chooses a part', async () => {
    const {harness} = await setUp();
    expect(harness.readout).to.equal(
      '·a reads earlier tokens: head 1 of block 1 takes 33 % from Mia. The attention of block 1 adds most to the guess ·kite: 50 % before it, 63 % after. In the end, ·kite has 75 %.',
    );
    await harness.choose('h.0.mlp');
    expect(harness.readout).to.contain('Block 1, MLP:');
  });

  it('takes an empty or malformed token attribute as none: the last token', async () => {
    const {element, harness} = await setUp();
    for (const [value, chosen] of [
      ['1', '·saw'],
      ['', '·a'],
      ['0', 'Mia'],
      ['x', '·a'],
    ] as const) {
      element.setAttribute('token', value);
      await element.updateComplete;
      expect(harness.spoken('next.0'), value).to.contain(`·kite follows ${chosen} `);
    }
  });

  it('refuses values without a token', async () => {
    const {harness} = await setUp();
    harness.element.values = {...givenValues(), tokens: []};
    await harness.element.updateComplete;
    expect(harness.error).to.contain('The forward pass has no tokens');
  });
});

describe('<gpt-architecture> of a model', () => {
  it('draws what the model computes: its predictions and its attention', async () => {
    const {model, element, harness} = await setUpModel();
    const {live} = model;
    const ids = live.encode('one two');
    const [trace, lens] = await Promise.all([
      live.trace({ids, want: ['h.0.attn.probs']}),
      live.lens({ids, count: 1}),
    ]);
    const {id, probability} = lens.at(-1)!.likeliest.at(-1)![0]!;
    const percentages = harness.candidates.map((text) => Number(/([\d.]+) %/.exec(text)![1]));
    expect(percentages[0]).to.be.closeTo(100 * probability, 0.5);
    expect(percentages).to.deep.equal(percentages.toSorted((a, b) => b - a));
    expect(harness.candidates[0]).to.contain(live.tokenizer!.token(id).trim());
    const {shape, data} = trace['h.0.attn.probs']!;
    const T = shape.at(-1)!;
    const row = [...data.slice((T - 1) * T, T * T)];
    expect(harness.spoken('h.0.attn.0')).to.contain(
      `${Math.max(...row) < 0.1 ? (100 * Math.max(...row)).toFixed(1) : (100 * Math.max(...row)).toFixed(0)} % to`,
    );
    expect(element.selected).to.equal('');
  });

  it('switches a head off, compares before and after, and resets', async () => {
    const {model, element, harness} = await setUpModel();
    await harness.choose('h.0.attn.1');
    setTimeout(() => harness.press('Switch off head 2 of block 1'));
    const {detail} = await oneEvent(element, 'gpt-off');
    expect(detail).to.deep.equal({off: 'h.0.attn.1'});
    await harness.until(() => harness.candidates[0]!.includes('with everything on'), 'the comparison');
    const ids = model.live.encode('one two');
    const [before, after] = await Promise.all([
      model.live.lens({ids, count: 1}),
      model.live.lens({ids, count: 1, interventions: [{at: 'h.0.attn.context', head: 1, change: 'zero'}]}),
    ]);
    const shown = harness.candidates[0]!;
    expect(Number(/of ([\d.]+) %/.exec(shown)![1])).to.be.closeTo(
      100 * after.at(-1)!.likeliest.at(-1)![0]!.probability,
      0.5,
    );
    if (before.at(-1)!.likeliest.at(-1)![0]!.id === after.at(-1)!.likeliest.at(-1)![0]!.id)
      expect(Number(/, ([\d.]+) %/.exec(shown)![1])).to.be.closeTo(
        100 * before.at(-1)!.likeliest.at(-1)![0]!.probability,
        0.5,
      );
    await harness.press('Reset all (1 off)');
    await harness.until(() => !harness.candidates[0]!.includes('with everything on'), 'the model as it is');
    expect(element.off).to.equal('');
  });

  it('switches the selected part by Space', async () => {
    const {element, harness} = await setUpModel();
    await harness.choose('h.0.mlp');
    await harness.move(' ');
    expect(element.off).to.equal('h.0.mlp');
    await harness.until(() => harness.spoken('h.0.mlp').includes('switched off'), 'the MLP off');
    await harness.choose('token.0');
    await harness.move(' ');
    expect(element.off).to.equal('h.0.mlp');
    await harness.choose('embed.position');
    await harness.move(' ');
    expect(element.off).to.equal('positions h.0.mlp');
  });

  it('follows the text', async () => {
    const {harness} = await setUpModel();
    const before = harness.parts.filter((part) => part.startsWith('token.')).length;
    await harness.type('Text', 'one two three');
    await harness.until(
      () => harness.parts.filter((part) => part.startsWith('token.')).length > before,
      'more lanes',
    );
  });
});

describe('the walkthrough of <gpt-architecture>', () => {
  it('goes through the stages by buttons and keys, and tells the page', async () => {
    const {element, harness} = await setUp();
    setTimeout(() => harness.press('Walk through it'));
    const {detail} = await oneEvent(element, 'gpt-stage');
    expect(detail).to.deep.equal({stage: 'text'});
    await element.updateComplete;
    await harness.step('ArrowRight', ' ');
    expect(element.stage).to.equal('embed.position');
    expect(harness.sentence).to.contain('Position embedding.');
    await harness.step('ArrowLeft');
    expect(element.stage).to.equal('embed.token');
    await harness.step('End', 'ArrowRight');
    expect(element.stage).to.equal('next');
    await harness.step('Home');
    expect(element.stage).to.equal('text');
    await harness.step('Escape');
    expect(element.stage).to.equal('');
    expect(harness.hasButton('Walk through it')).to.equal(true);
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
    expect(harness.hasButton('Walk through it')).to.equal(true);
  });

  it('steps by keys where a link has focused the element itself, and begins a stage with nothing else open', async () => {
    const {element} = await setUp({stage: 'text', open: 'h.0.mlp', selected: 'h.0.mlp'});
    expect(element.open, 'asked for with the stage').to.equal('h.0.mlp');
    element.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true, cancelable: true}));
    await element.updateComplete;
    expect([element.stage, element.open, element.selected]).to.deep.equal(['embed.token', '', '']);
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
      const furthest = expected.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
      if (Math.abs(furthest) > 0.001)
        expect(shown, stage).to.be.closeTo(furthest, 0.006 * Math.abs(furthest));
    }
    expect(harness.arithmetic).to.contain('sum of 64 terms and the bias');
    await expect(element).to.be.accessible();
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
