import {expect, fixture, html} from '@open-wc/testing';
import {uniformStream} from '../../math/rng.js';
import './bpe-tokenizer.js';
import type {BpeTokenizer} from './bpe-tokenizer.js';
import {FieldText} from './field-text.js';

/** Pieces that a text field shows, counts or normalizes in a way of its own. */
const PIECES = [
  ...[
    '\r\n',
    '\r',
    '\n',
    '\n\r',
    '\r\r\n',
    '\u2028',
    '\u2029',
    '\u0085',
    '\v',
    '\f',
    '\t',
    '\u00a0',
    '\ufeff',
  ],
  ...['é', 'e\u0301', 'a\u0323\u0307', '😀', '👩‍👧', '🇩🇪', '\ud83d', '\ude00', '\u202e', '世界', 'नमस्ते'],
  ...['Hello', ' untokenizable', ' 12345', ',', ' ', '<|endoftext|>'],
];

const normalized = (text: string): string => text.replace(/\r\n?/g, '\n');

/** Returns 3 to 10 random pieces, joined. */
function textFrom(random: () => number): string {
  const pick = () => PIECES[Math.floor(random() * PIECES.length)]!;
  return Array.from({length: 3 + Math.floor(random() * 8)}, pick).join('');
}

describe('<bpe-tokenizer> with texts that a text field normalizes', () => {
  it('explains the word at the caret, for 120 generated texts', async () => {
    const element = await fixture<BpeTokenizer>(html`<bpe-tokenizer text="x"></bpe-tokenizer>`);
    await new Promise((resolve) => element.addEventListener('gpt-tokens', resolve, {once: true}));
    const field = element.renderRoot.querySelector('textarea')!;
    const random = uniformStream(23);
    for (let i = 0; i < 120; i++) {
      const text = textFrom(random);
      element.text = text;
      await element.updateComplete;
      const name = JSON.stringify(text);
      const mirror = element.renderRoot.querySelector('.mirror')!.textContent!.replace(/\u200b$/, '');
      expect(field.value, name).to.equal(normalized(text));
      expect(mirror, `behind the field: ${name}`).to.equal(field.value);
      const caret = 1 + Math.floor(random() * field.value.length);
      field.setSelectionRange(caret, caret);
      field.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true}));
      await element.updateComplete;
      const before = normalized(text.slice(0, element.cursor! + 1));
      expect(before, `before the caret at ${caret}: ${name}`).to.equal(field.value.slice(0, caret));
    }
  });

  it('keeps the line ends that the reader does not edit', async () => {
    const element = await fixture<BpeTokenizer>(
      html`<bpe-tokenizer .text=${'one\r\ntwo\rthree'}></bpe-tokenizer>`,
    );
    const field = element.renderRoot.querySelector('textarea')!;
    field.focus();
    field.setSelectionRange(3, 3);
    document.execCommand('insertText', false, 's');
    await element.updateComplete;
    expect(element.text).to.equal('ones\r\ntwo\rthree');
    expect(field.selectionStart, 'the caret stays').to.equal(4);
  });
});

describe('a field text', () => {
  it('maps every position of 120 generated texts, and replaces what the field replaces', () => {
    const random = uniformStream(24);
    for (let i = 0; i < 120; i++) {
      const text = textFrom(random);
      const field = new FieldText(text);
      const name = JSON.stringify(text);
      for (let position = 0; position < field.value.length; position++)
        expect(normalized(text[field.indexOf(position)]!), name).to.equal(field.value[position]);
      const middle = Math.floor(random() * text.length);
      expect(field.slice(0, middle) + field.slice(middle), name).to.equal(field.value);
      const [from, to] = [random(), random()]
        .map((share) => Math.floor(share * field.value.length))
        .sort((a, b) => a - b);
      const inserted = ['new', '', '\n'][i % 3]!;
      const edited = `${field.value.slice(0, from)}${inserted}${field.value.slice(to)}`;
      expect(normalized(field.edit(edited)), name).to.equal(edited);
    }
  });

  it('removes both parts of a line end', () => {
    expect(new FieldText('a\r\nb').edit('ab')).to.equal('ab');
    expect(new FieldText('a\r\n\r\nb').edit('a\nb')).to.equal('a\r\nb');
  });
});
