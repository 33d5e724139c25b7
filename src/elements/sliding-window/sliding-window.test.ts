import {expect, fixture, html} from '@open-wc/testing';
import {sendMouse} from '@web/test-runner-commands';
import {ShuffledWindows} from '../../data/batches.js';
import {slidingWindows} from '../../data/windows.js';
import {CharTokenizer} from '../../tokenizers/char.js';
import {savedLines, savedWords} from '../../ui/testing/saved-file.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './sliding-window.js';
import {SlidingWindowHarness} from './sliding-window.harness.js';
import type {SlidingWindow} from './sliding-window.js';

const TEXT = 'Once upon a time there was a kite.';

async function setUp(attributes: Partial<SlidingWindow> = {}) {
  const element = await fixture<SlidingWindow>(html`<sliding-window text=${TEXT}></sliding-window>`);
  Object.assign(element, attributes);
  const harness = new SlidingWindowHarness(element);
  await harness.until(() => harness.framed.length > 0, 'the window');
  return {element, harness};
}

describe('<sliding-window>', () => {
  it('aligns the input with the same tokens shifted by one', async () => {
    const {harness} = await setUp({contextLength: 6, stride: 3});
    const ids = CharTokenizer.fromText(TEXT).encode(TEXT);
    expect(harness.framed.join('')).to.equal('Once·u');
    expect(harness.row('input').map(({id}) => id)).to.deep.equal(ids.slice(0, 6));
    expect(harness.row('target').map(({id}) => id)).to.deep.equal(ids.slice(1, 7));
    expect(harness.row('target').map(({text}) => text)).to.deep.equal([...'nce·up']);
  });

  it('lists the prediction task of every position', async () => {
    const {harness} = await setUp({contextLength: 6, stride: 3});
    expect(harness.tasks).to.deep.equal([
      'O → n',
      'On → c',
      'Onc → e',
      'Once → ·',
      'Once· → u',
      'Once·u → p',
    ]);
  });

  it('exports the window as a picture and as a table', async () => {
    const {element, harness} = await setUp({contextLength: 3, stride: 3});
    await harness.click('button.on');
    expect(await savedLines(element.renderRoot)).to.deep.equal([
      'position,context,input id,target id,target',
      ...['e', 'e ', 'e u'].map((context, position) => {
        const [input, target] = CharTokenizer.fromText(TEXT).encode(TEXT.slice(3 + position, 5 + position));
        return `${position},${context},${input},${target},${TEXT[4 + position]}`;
      }),
    ]);
    expect(await savedWords(element.renderRoot)).to.deep.equal([
      ...['Input: the text from token 3 on', '0', '1', '2', 'e', '·', 'u'],
      ...['Target: from token 4 on', '0', '1', '2', '·', 'u', 'p'],
    ]);
  });

  it('shows words if the tokenizer has words', async () => {
    const {harness} = await setUp({tokenizer: 'gpt2', contextLength: 2});
    await harness.until(() => harness.tasks[1] === 'Once·upon → ·a', 'GPT-2’s tokens');
    expect(harness.tasks[0]).to.equal('Once → ·upon');
  });

  it('shows tokens that are a part of a character by their bytes', async () => {
    const {harness} = await setUp({text: 'It’s a kite.', tokenizer: 'gpt2', contextLength: 2});
    await harness.until(() => harness.framed[1] === '⟨E2\u202F80⟩', 'GPT-2’s tokens');
    expect(harness.row('target').map(({text}) => text)).to.deep.equal(['⟨E2\u202F80⟩', '⟨99⟩']);
  });

  it('moves with the keys, the buttons and the slider, and emits gpt-window', async () => {
    const {element, harness} = await setUp({contextLength: 6, stride: 3});
    const told: {start: number; place: number}[] = [];
    element.addEventListener('gpt-window', ({detail}) => told.push(detail));
    expect(harness.count).to.equal('window 1 of 10');
    await harness.key('ArrowRight');
    expect(harness.framed.join('')).to.equal('e·upon');
    await harness.click('button.on');
    await harness.click('button.back');
    await harness.key('End');
    expect(harness.count).to.equal('window 10 of 10');
    await harness.key('ArrowRight'); // there is none beyond
    await harness.key('Home');
    expect(told.map(({start}) => start)).to.deep.equal([3, 6, 3, 27, 27, 0]);
    expect(harness.passage.getAttribute('aria-valuetext')).to.contain('Once u');
  });

  it('is dragged over the text', async () => {
    const {harness} = await setUp({contextLength: 6, stride: 3});
    const at = (token: number) => {
      const {x, y} = harness.placeOf(token);
      return [Math.round(x), Math.round(y)] as [number, number];
    };
    await sendMouse({type: 'move', position: at(2)});
    await sendMouse({type: 'down'});
    await sendMouse({type: 'move', position: at(8)}); // six tokens further on: two strides
    await sendMouse({type: 'up'});
    await harness.until(() => harness.count === 'window 3 of 10', 'the third window');
    await sendMouse({type: 'click', position: at(21)}); // beside the window: it comes to the pointer
    await harness.until(() => harness.count === 'window 8 of 10', 'the eighth window');
    expect(harness.framed.join('')).to.equal(TEXT.slice(21, 27).replaceAll(' ', '·'));
  });

  it('counts windows, overlaps and tokens that are read more than once', async () => {
    const {harness} = await setUp({contextLength: 6, stride: 3});
    const reads = new Array<number>(TEXT.length).fill(0);
    for (const start of slidingWindows(TEXT.length, 6, 3)) for (let i = 0; i < 6; i++) reads[start + i]!++;
    const again = reads.filter((n) => n > 1).length;
    expect(harness.totals)
      .to.contain('10 windows over 34 tokens')
      .and.to.contain('share 3 tokens')
      .and.to.contain(`${again} of the text’s tokens`)
      .and.to.contain('2 times at most')
      .and.to.contain('1 token is never read');
    await harness.slide('stride', 6);
    expect(harness.totals).to.contain('No two windows share a token');
    await harness.slide('stride', 8);
    expect(harness.totals).to.contain('2 tokens are skipped');
  });

  it('shuffles as training does', async () => {
    const {harness} = await setUp({contextLength: 4, stride: 2, shuffle: true, seed: 7});
    const order = ShuffledWindows.ofRun(slidingWindows(TEXT.length, 4, 2), 7);
    for (let place = 0; place < 4; place++) {
      const start = order.startAt(place);
      expect(harness.framed.join('')).to.equal(TEXT.slice(start, start + 4).replaceAll(' ', '·'));
      await harness.key('ArrowRight');
    }
  });

  it('links a position to its token, its target and its task', async () => {
    const {element, harness} = await setUp({contextLength: 6, stride: 3});
    await harness.point(3);
    expect(harness.row('input').map(({highlighted}) => highlighted)).to.deep.equal([
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
    expect(harness.readout).to.equal(
      'Position 3: after e and the tokens before it comes ·. It is itself the target at position 2.',
    );
    expect(element.renderRoot.querySelector('.tasks .highlighted')!.textContent).to.contain('Once');
    expect(element.renderRoot.querySelector('.t.highlighted')!.textContent).to.equal('e');
  });

  it('plays to the end, and stops there', async () => {
    const {element, harness} = await setUp({contextLength: 6, stride: 3, place: 8});
    await harness.click('button.play');
    await harness.until(() => element.place === 9, 'the last window');
    await harness.until(() => element.renderRoot.querySelector('.play')!.textContent === 'Play', 'the end');
  });

  it('says how many tokens a short text lacks, and why a text cannot be encoded', async () => {
    const element = await fixture<SlidingWindow>(
      html`<sliding-window text="short" context-length="9"></sliding-window>`,
    );
    const harness = new SlidingWindowHarness(element);
    await harness.until(() => harness.passage.textContent!.includes('needs 10'), 'the sentence');
    expect(harness.passage.textContent).to.contain('5 tokens');
    element.tokenizer = 'klingon';
    await harness.until(() => harness.error.includes('no tokenizer “klingon”'), 'the error');
  });

  it('shows the model’s text in the model’s tokens without starting the engine', async () => {
    const model =
      await fixture<GptModel>(html`<gpt-model backend="cpu" train-share="0.5" .text=${TEXT.repeat(40)} config='{"contextLength": 16}' stride="5">
      <sliding-window></sliding-window>
    </gpt-model>`);
    const harness = new SlidingWindowHarness(model.querySelector('sliding-window')!);
    await harness.until(() => harness.framed.length > 0, 'the window');
    expect(harness.framed.join('')).to.equal('Once·upo');
    expect(harness.totals).to.contain(`over ${(TEXT.length * 20).toLocaleString('en')} tokens`);
    await harness.click('button.model');
    expect([harness.element.contextLength, harness.element.stride]).to.deep.equal([16, 5]);
    expect(model.status).to.equal('closed');
  });
});
