import {expect, oneEvent} from '@open-wc/testing';
import {readArchitecture} from './data/read-architecture.js';
import {givenValues} from './testing/given-values.js';
import {setUp, setUpModel} from './testing/set-up.js';

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
    expect(harness.words('.path')).to.equal('Model');
  });

  it('zooms around a part by + and −, back to the whole map by Escape or 0, and by the wheel with Ctrl only', async () => {
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
    await harness.move('+');
    await harness.until(() => width() > whole, 'the zoomed map');
    await harness.move('0');
    await harness.until(() => width() === whole, 'the whole map by 0');
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
      harness.rowTexts('.sizes > table tbody tr').map(([name, , parameters]) => [name, parameters]),
    ).to.deep.equal([
      ['token embedding', '32'],
      ['position embedding', '32'],
      ['block 1, attention', '80'],
      ['block 1, MLP', '148'],
      ['layer norms', '24'],
      ['head (shares the token embedding)', '0'],
    ]);
    expect(harness.rowTexts('.sizes > table tfoot tr')[0]![2]).to.equal('316');
  });

  it('takes less room in its compact form, without walkthrough and actions, but with its key', async () => {
    const {element, harness} = await setUp();
    const {parts} = harness;
    const usual = element.offsetHeight;
    element.compact = true;
    await element.updateComplete;
    expect(element.offsetHeight).to.be.lessThan(0.9 * usual);
    expect(harness.parts).to.include.members(parts.filter((part) => !/^next\.[67]$/.test(part)));
    for (const part of ['.walkthrough', '.actions']) expect(harness.has(part), part).to.equal(false);
    expect(harness.words('.key')).to.contain('residual stream');
  });

  it('tells how the guess forms until the reader chooses a part', async () => {
    const {harness} = await setUp();
    expect(harness.readout).to.equal(
      'The guess ·kite rises most with the attention of block 1: from 50 % to 63 %. In the end, it has 75 %.',
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

  it('patches a part from another text, compares with before, and undoes it', async () => {
    const {model, element, harness} = await setUpModel();
    const {live} = model;
    await harness.choose('h.0.attn.1');
    await harness.press('Patch');
    await harness.until(() => harness.has('.patching'), 'the other text');
    expect(element.patchText, 'at first a text that differs').not.to.equal('one two');
    expect(live.encode(element.patchText)).to.have.length(live.encode('one two').length);
    element.patchText = 'two one';
    setTimeout(() => harness.press('Take head 2 of block 1 from it'));
    const {detail} = await oneEvent(element, 'gpt-patch');
    expect(detail).to.deep.equal({patch: 'h.0.attn.1', text: 'two one'});
    await harness.until(() => harness.candidates[0]!.includes('unchanged'), 'the comparison');
    expect(harness.spoken('h.0.attn.1')).to.contain('patched');
    const ids = live.encode('one two');
    const at = 'h.0.attn.context';
    const other = await live.trace({text: 'two one', want: [at]});
    const after = await live.lens({
      ids,
      count: 1,
      interventions: [{at, head: 1, change: 'set', value: other[at]!}],
    });
    expect(Number(/of ([\d.]+) %/.exec(harness.candidates[0]!)![1])).to.be.closeTo(
      100 * after.at(-1)!.likeliest.at(-1)![0]!.probability,
      0.5,
    );
    await expect(element).to.be.accessible();
    await harness.press('Undo all (1 patched)');
    await harness.until(() => !harness.candidates[0]!.includes('unchanged'), 'the model as it is');
    expect(element.patch).to.equal('');
    await harness.press('Take head 2 of block 1 from it');
    await harness.until(() => harness.spoken('h.0.attn.1').includes('patched'), 'the patch');
    const field = harness.field('.patching input');
    const type = (text: string): unknown => {
      field.value = text;
      return field.dispatchEvent(new InputEvent('input', {bubbles: true}));
    };
    type('');
    await harness.until(() => !harness.spoken('h.0.attn.1').includes('patched'), 'nothing patched');
    expect(harness.words('.patching')).to.contain('Nothing is patched while the other text is empty.');
    type('two two');
    await harness.until(
      () => harness.spoken('h.0.attn.1').includes('patched'),
      'the patch from what is typed',
    );
    await harness.enter('.patching input', '');
    expect([element.patch, element.patchText], 'without another text').to.deep.equal(['', '']);
    await harness.until(() => !harness.spoken('h.0.attn.1').includes('patched'), 'the head as it is');
  });

  it('shows bit-equal numbers where a text is patched with itself, and refuses one of another length', async () => {
    const {model} = await setUpModel();
    const {live} = model;
    const ids = live.encode('one two');
    const read = (patch: string, patchText: string) =>
      readArchitecture(live, ids, {off: '', patch, patchText}, new AbortController().signal);
    const [usual, patched] = await Promise.all([
      read('', ''),
      read('h.0.attn.0 h.0.attn.1 h.0.mlp', 'one two'),
    ]);
    expect(patched.trace).to.deep.equal(usual.trace);
    const guesses = patched.stream.flatMap((point) => point.guesses.flat());
    expect(guesses.map(({probability}) => probability)).to.deep.equal(guesses.map(({before}) => before));
    const refused = await read('h.0.mlp', 'one').catch((error: Error) => error.message);
    expect(refused).to.contain('To patch, make them equally long.');
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
