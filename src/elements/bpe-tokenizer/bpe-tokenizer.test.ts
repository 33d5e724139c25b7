import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../gpt-model/gpt-model.js';
import golden from '../../tokenizers/golden/tiktoken.json';
import {savedWords} from '../../ui/testing/saved-file.js';
import {MAX_CHIPS} from '../../ui/views/token-chips.js';
import './bpe-tokenizer.js';
import {BpeTokenizerHarness} from './bpe-tokenizer.harness.js';
import type {BpeTokenizer} from './bpe-tokenizer.js';
import {COUNTED_PER_SLICE, LongText} from './long-text.js';

async function setUp(attributes: Partial<BpeTokenizer> = {}) {
  const element = await fixture<BpeTokenizer>(html`<bpe-tokenizer></bpe-tokenizer>`);
  Object.assign(element, attributes);
  const harness = new BpeTokenizerHarness(element);
  if (attributes.text !== '') await harness.drawn();
  return {element, harness};
}

describe('<bpe-tokenizer>', () => {
  it('shows tokens, ids and counts of a text', async () => {
    const {harness} = await setUp({text: 'Hello, I am\n 世'});
    expect(harness.tokens).to.deep.equal(['Hello', ',', '·I', '·am', '↵', '·', 'e4 b8', '96']);
    expect(harness.ids.slice(0, 5)).to.deep.equal([15496, 11, 314, 716, 198]);
    expect(harness.counts).to.deep.equal({
      characters: '14',
      bytes: '16',
      tokens: '8',
      'bytes per token': '2.00',
    });
    expect(harness.mirrored).to.equal('Hello, I am\n 世');
  });

  it('gives the ids of Python tiktoken for the golden strings, in every encoding', async () => {
    const {element, harness} = await setUp();
    for (const encoding of ['gpt2', 'cl100k_base', 'o200k_base'] as const) {
      await harness.choose(encoding);
      for (const [i, text] of golden.strings.entries()) {
        if (text === '' || i % 4 !== 0) continue;
        element.text = text;
        await harness.until(() => element.ids !== undefined, encoding);
        expect([...Array.from(element.ids!)], JSON.stringify(text)).to.deep.equal(golden.ids[encoding][i]);
      }
    }
  });

  it('tokenizes while the reader types', async () => {
    const {harness, element} = await setUp({text: 'token'});
    const told: string[] = [];
    element.addEventListener('gpt-tokens', ({detail}) => told.push(detail.text));
    await harness.type('Text', 'tokenizing');
    expect(harness.tokens.join('')).to.equal('tokenizing');
    expect(told).to.deep.equal(['tokenizing']);
    await harness.type('Text', '');
    expect(harness.chips).to.have.lengthOf(0);
    expect(harness.counts.tokens).to.equal('0');
  });

  it('highlights text, token and id together', async () => {
    const {harness} = await setUp({text: 'Hello, I am'});
    harness.chips[2]!.dispatchEvent(new PointerEvent('pointerover', {bubbles: true, pointerType: 'mouse'}));
    await harness.element.updateComplete;
    expect(harness.highlighted).to.deep.equal({tokens: ['·I'], text: [' I']});
    expect(harness.readout).to.equal('·I is token 314: 2 bytes, 20 49.');
    await harness.moveCaret(9);
    harness.chips[0]!.parentElement!.dispatchEvent(new PointerEvent('pointerleave'));
    await harness.element.updateComplete;
    expect(harness.highlighted).to.deep.equal({tokens: ['·am'], text: [' am']});
  });

  it('finds the token under the pointer in the field', async () => {
    const {harness} = await setUp({text: 'Hello, I am'});
    const [, comma] = [...harness.element.renderRoot.querySelectorAll('.mirror span')];
    const {left, top, width, height} = comma!.getBoundingClientRect();
    harness.textarea.dispatchEvent(
      new PointerEvent('pointermove', {
        bubbles: true,
        pointerType: 'mouse',
        clientX: left + width / 2,
        clientY: top + height / 2,
      }),
    );
    await harness.element.updateComplete;
    expect(harness.highlighted).to.deep.equal({tokens: [','], text: [',']});
  });

  it('lays the colored text exactly behind the field', async () => {
    const {harness} = await setUp({text: 'one two three '.repeat(40)});
    const mirror = harness.element.renderRoot.querySelector<HTMLElement>('.mirror')!;
    const [a, b] = [getComputedStyle(mirror), getComputedStyle(harness.textarea)];
    for (const name of [
      'font',
      'letterSpacing',
      'padding',
      'borderWidth',
      'whiteSpace',
      'overflowWrap',
    ] as const)
      expect(a[name], name).to.equal(b[name]);
    expect(harness.textarea.clientWidth).to.equal(mirror.clientWidth);
    expect(harness.textarea.scrollHeight).to.equal(harness.textarea.clientHeight); // nothing is cut off
  });

  it('highlights a character that is split into several tokens as a whole', async () => {
    const {harness} = await setUp({text: '😀', cursor: 0});
    expect(harness.highlighted.text).to.deep.equal(['😀']);
    expect(harness.readout).to.contain('is split into 2 tokens');
  });

  it('moves through the tokens with the arrow keys', async () => {
    const {harness} = await setUp({text: 'Hello, I am'});
    harness.chips[0]!.focus();
    await sendKeys({press: 'ArrowRight'});
    await sendKeys({press: 'ArrowRight'});
    await harness.element.updateComplete;
    expect(harness.highlighted.tokens).to.deep.equal(['·I']);
    await sendKeys({press: 'End'});
    await harness.element.updateComplete;
    expect(harness.highlighted.tokens).to.deep.equal(['·am']);
    expect(harness.chips.filter(({tabIndex}) => tabIndex === 0)).to.deep.equal([harness.chips[3]]);
  });

  it('steps through the merges of the word at the cursor, forward and back', async () => {
    const {harness} = await setUp({text: 'a Tokenizers b', cursor: 4});
    expect(harness.merges.title).to.equal('How ·Tokenizers is merged');
    const {steps, parts} = harness.merges;
    expect(parts).to.deep.equal(harness.tokens.slice(1, -1));
    const ranks = steps.map((step) => Number(step.match(/[\d,]+$/)![0].replace(',', '')));
    expect(ranks).to.have.lengthOf(11 - parts.length);
    await harness.pressStep(0);
    expect(harness.merges.parts).to.have.lengthOf(10);
    await harness.press('Back');
    expect(harness.merges.parts.join('')).to.equal('·Tokenizers');
    expect(harness.merges.parts).to.have.lengthOf(11);
    expect(harness.merges.words).to.contain('11 bytes').and.to.contain(ranks[0]!.toLocaleString('en'));
    expect(harness.button('Back').ariaDisabled).to.equal('true');
    const tree = harness.field<HTMLElement>('.tree-frame');
    await harness.keys(tree, ' ', 'ArrowRight');
    expect(harness.merges.parts).to.have.lengthOf(9);
    await harness.keys(tree, 'ArrowLeft');
    expect(harness.merges.parts).to.have.lengthOf(10);
    await harness.keys(tree, 'End');
    expect(harness.merges.parts).to.deep.equal(parts);
    await harness.keys(tree, 'Home');
    expect(harness.merges.parts).to.have.lengthOf(11);
    for (let i = 0; i < steps.length; i++) await harness.press('Forward');
    expect(harness.merges.parts).to.deep.equal(parts);
    expect(harness.button('Forward').ariaDisabled).to.equal('true');
    await harness.moveCaret(0);
    expect(harness.merges.title).to.equal('How a is merged');
  });

  it('shows the whole merge tree in 44 rem', async () => {
    const {element} = await setUp({text: 'x'});
    element.style.width = '44rem';
    for (const text of ['Tokenizers', ' untokenizable', ' incomprehensible', 'Straßenbahn', 'naïve café']) {
      Object.assign(element, {text, cursor: 1});
      await element.updateComplete;
      const frame = element.renderRoot.querySelector('.tree-frame')!;
      expect(frame.scrollWidth, `width of ${text}`).to.be.at.most(frame.clientWidth);
      expect(frame.scrollHeight, `height of ${text}`).to.be.at.most(frame.clientHeight);
    }
  });

  it('encodes special tokens if they are allowed', async () => {
    const {harness} = await setUp({text: 'a<|endoftext|>b', cursor: 3});
    expect(harness.ids).to.not.include(50256);
    await harness.check(true);
    expect(harness.tokens).to.deep.equal(['a', '<|endoftext|>', 'b']);
    expect(harness.ids[1]).to.equal(50256);
    expect(harness.merges.hint).to.contain('matched as a whole');
  });

  it('has a character tokenizer too', async () => {
    const {harness} = await setUp({text: 'hello', encoding: 'char'});
    expect(harness.tokens).to.deep.equal([...'hello']);
    expect(harness.ids).to.deep.equal([1, 0, 2, 2, 3]);
    expect(harness.merges.hint).to.contain('merges nothing');
    await harness.choose('gpt2');
    await harness.until(() => harness.tokens.join() === 'hello', 'one token');
  });

  it('uses the tokenizer of the model that contains it, and says which character it lacks', async () => {
    const model = await fixture(html`
      <gpt-model backend="cpu" .text=${'abc '.repeat(200)} config='{"embDim": 8, "nHeads": 1, "nLayers": 1, "contextLength": 8}'>
        <bpe-tokenizer text="cab"></bpe-tokenizer>
      </gpt-model>
    `);
    const harness = new BpeTokenizerHarness(model.querySelector('bpe-tokenizer')!);
    await harness.drawn();
    expect(harness.select.value).to.equal('model');
    expect(harness.ids).to.deep.equal([3, 1, 2]);
    await harness.type('Text', 'cabx');
    expect(harness.error).to.contain('“x” does not occur');
    expect(harness.textarea.value).to.equal('cabx');
  });

  it('shows the merges of a tokenizer that the model learned', async () => {
    const spec = {kind: 'bpe', vocab: [] as string[], merges: ['a b', 'ab c'], specialTokens: []};
    const {BYTE_CHARACTERS} = await import('../../tokenizers/bpe/bytes.js');
    spec.vocab = [...BYTE_CHARACTERS, 'ab', 'abc'];
    const model = await fixture(html`
      <gpt-model backend="cpu" .text=${'abc '.repeat(200)} .tokenizerChoice=${spec} config='{"embDim": 8, "nHeads": 1, "nLayers": 1, "contextLength": 8}'>
        <bpe-tokenizer text="abcab" cursor="0"></bpe-tokenizer>
      </gpt-model>
    `);
    const harness = new BpeTokenizerHarness(model.querySelector('bpe-tokenizer')!);
    await harness.drawn();
    expect(harness.tokens).to.deep.equal(['abc', 'ab']);
    expect(harness.merges.steps).to.deep.equal(['a + b → ab0', 'a + b → ab0', 'ab + c → abc1']);
  });

  it('copies the ids', async () => {
    const {harness} = await setUp({text: 'Hello, I am'});
    let copied = '';
    const {writeText} = navigator.clipboard;
    navigator.clipboard.writeText = async (text) => void (copied = text);
    try {
      await harness.press('Copy ids');
      await harness.until(() => harness.message !== '', 'the message');
    } finally {
      navigator.clipboard.writeText = writeText;
    }
    expect(copied).to.equal('[15496, 11, 314, 716]');
    expect(harness.message).to.equal('4 ids copied.');
    expect(harness.field<HTMLElement>('[role="status"]').offsetWidth, 'as readers see it').to.be.above(50);
  });

  it('keeps the undo history of the field by never setting a value that it already has', async () => {
    const {harness} = await setUp({text: ''});
    let sets = 0;
    const {set, get} = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!;
    Object.defineProperty(harness.textarea, 'value', {
      get,
      set(value: string) {
        sets++;
        set!.call(this, value);
      },
    });
    harness.textarea.focus();
    await sendKeys({type: 'two words'});
    await harness.element.updateComplete;
    expect(harness.tokens).to.deep.equal(['two', '·words']);
    document.execCommand('undo');
    await harness.element.updateComplete;
    expect(harness.element.text).to.not.equal('two words');
    expect(sets).to.equal(0);
  });

  it('leaves out the parts that its attributes switch off, and reads its other attributes', async () => {
    const {harness, element} = await setUp();
    for (const [attribute, selector] of Object.entries({
      'without-input': 'textarea',
      'without-controls': 'select',
      'without-ids': '.id',
      'without-merges': '.merges',
      'without-lead': '.lead',
      'without-footer': '.footer',
    })) {
      expect(harness.has(selector), `${selector} before`).to.equal(true);
      element.toggleAttribute(attribute, true);
      await element.updateComplete;
      expect(harness.has(selector), `${selector} after`).to.equal(false);
    }
    element.setAttribute('text', 'abc');
    element.setAttribute('encoding', 'cl100k_base');
    element.setAttribute('step', '0');
    expect([element.text, element.encoding, element.step]).to.deep.equal(['abc', 'cl100k_base', 0]);
  });

  it('is accessible, also within the merges', async () => {
    const {harness, element} = await setUp();
    await expect(element).to.be.accessible();
    await harness.pressStep(1);
    await expect(element).to.be.accessible();
  });
});

describe('<bpe-tokenizer> with hostile and with long texts', () => {
  it('shows HTML and control characters as text', async () => {
    const text =
      '<img src=x onerror="window.injected = true"><script>window.injected = true</script>\0\x07\x1b[31m\u202e';
    const {harness, element} = await setUp({text});
    expect(harness.tokens.join('')).to.contain('onerror').and.to.contain('␀').and.to.contain('␇');
    expect(element.renderRoot.querySelector('img, script')).to.equal(null);
    expect((window as {injected?: boolean}).injected).to.equal(undefined);
    expect(harness.mirrored).to.equal(text);
  });

  it('encodes 5 MB without the field, in short slices, and draws only the first tokens', async () => {
    const {harness, element} = await setUp({text: 'before '});
    const pasted = 'The cat sat on the mat & <b>purred</b>. '.repeat(131_072); // 5 MB
    const {longest, whole} = await longestTask(async () => {
      expect(await harness.paste(pasted)).to.equal(false); // the field never sees it
      await harness.until(() => (element.ids?.length ?? 0) > 1e6, 'the ids', 60_000);
    });
    expect(harness.chips).to.have.lengthOf(MAX_CHIPS);
    expect(harness.element.renderRoot.textContent).to.contain('The first 1,000 of');
    expect(harness.counts.characters).to.equal((pasted.length + 7).toLocaleString('en'));
    expect(element.renderRoot.querySelector('b')).to.equal(null);
    expect(element.renderRoot.querySelectorAll('*').length).to.be.below(6000);
    expect(longest, `of ${whole} ms`).to.be.below(whole / 2); // a share, which slow machines have too
    await harness.press('Undo');
    await harness.until(() => harness.tokens.length > 0 && harness.has('textarea'), 'the text before');
    expect(harness.textarea.value).to.equal('before ');
  }).timeout(90_000);

  it('works on the main thread in slices of a fixed size', async () => {
    const {encodeShort} = await import('../../ui/views/token-text.js');
    const {loadTiktoken} = await import('../../tokenizers/tiktoken.js');
    const tokenizer = await loadTiktoken('gpt2');
    const text = 'naïve 😀 '.repeat(100_000);
    const long = new LongText(() => {});
    const encoded = await long.encode(text, tokenizer, []);
    expect(long.slices).to.equal(Math.ceil(text.length / COUNTED_PER_SLICE));
    const short = encodeShort('naïve 😀 '.repeat(100), tokenizer, []);
    expect(encoded!.bytes).to.equal(1000 * short.bytes);
    expect(encoded!.characters).to.equal(1000 * short.characters);
    expect(Array.from(encoded!.ids).slice(0, 200)).to.deep.equal(Array.from(short.ids).slice(0, 200));
  });

  it('can be stopped, and then keeps a part of the text', async () => {
    const {harness, element} = await setUp({text: 'x'});
    element.text = 'word '.repeat(400_000);
    await harness.until(() => harness.has('progress'), 'the progress');
    await harness.press('Stop');
    expect(harness.error).to.contain('stopped');
    await harness.press('Keep the first 4,000');
    await harness.until(() => harness.tokens.length === 801, 'the tokens of the part');
    expect(element.text).to.have.lengthOf(4000);
    expect(harness.textarea.value).to.equal(element.text);
  });

  it('saves a picture with the tokens and their ids', async () => {
    const {element} = await setUp({text: 'Hello, I am'});
    const words = await savedWords(element.shadowRoot!);
    expect(words[0]).to.equal('11 characters, 11 bytes, 4 tokens');
    expect(words).to.include('Hello').and.to.include('15496');
  });
});

/** The longest stretch for which nothing else had its turn, and how long it all took, in milliseconds. */
async function longestTask(run: () => Promise<void>): Promise<{longest: number; whole: number}> {
  let longest = 0;
  const start = performance.now();
  let last = start;
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  try {
    await run();
  } finally {
    clearInterval(timer);
  }
  return {longest, whole: performance.now() - start};
}
