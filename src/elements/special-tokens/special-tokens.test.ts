import {expect, fixture, html} from '@open-wc/testing';
import {savedWords} from '../../ui/testing/saved-file.js';
import './special-tokens.js';
import {SpecialTokensHarness} from './special-tokens.harness.js';
import type {SpecialTokens} from './special-tokens.js';

async function setUp() {
  const element = await fixture<SpecialTokens>(
    html`<special-tokens first="A cat sat." second="The cat ran." sentence="The dog sat."></special-tokens>`,
  );
  const harness = new SpecialTokensHarness(element);
  await harness.drawn();
  return {element, harness};
}

describe('<special-tokens>', () => {
  it('joins two documents with one special token if special tokens are allowed', async () => {
    const {harness} = await setUp();
    const {tokens, ids} = harness.row(0);
    expect(tokens).to.deep.equal(['A', '·cat', '·sat', '.', '<|endoftext|>', 'The', '·cat', '·ran', '.']);
    expect(ids[4]).to.equal(50256);
    expect(harness.readouts[0]).to.contain('9 tokens, one of them <|endoftext|>');
  });

  it('encodes <|endoftext|> as ordinary text if special tokens are refused', async () => {
    const {harness, element} = await setUp();
    await harness.refuse(true);
    expect(element.refuseSpecial).to.equal(true);
    const {tokens, ids} = harness.row(0);
    expect(ids).to.not.include(50256);
    expect(tokens.join('')).to.equal('A·cat·sat.<|endoftext|>The·cat·ran.');
    expect(harness.readouts[0]).to.contain('split like any other text');
    await harness.refuse(false);
    expect(harness.row(0).ids).to.include(50256);
  });

  it('counts every <|endoftext|> in the documents', async () => {
    const {harness} = await setUp();
    await harness.write(0, 'a<|endoftext|>b');
    expect(harness.readouts[0]).to.contain('2 of them <|endoftext|>');
  });

  it('shows that a word vocabulary loses unknown words and byte-pair encoding does not', async () => {
    const {harness} = await setUp();
    expect(harness.row(1).tokens).to.deep.equal(['The', '<|unk|>', 'sat', '.']);
    expect(harness.row(2).tokens).to.deep.equal(['The', '·dog', '·sat', '.']);
    expect(harness.back).to.deep.equal(['The <|unk|> sat.', 'The dog sat.']);
    expect(harness.readouts[1]).to.contain('One word is out of vocabulary');
    await harness.write(2, 'Zoë  ran 🦕');
    expect(harness.back).to.deep.equal(['<|unk|> ran <|unk|>', 'Zoë  ran 🦕']);
    expect(harness.readouts[1]).to.contain('2 words are out of vocabulary');
    await harness.write(0, 'Zoë 🦕');
    expect(harness.back[0]).to.equal('Zoë ran 🦕');
    expect(harness.readouts[1]).to.contain('Every word is in the vocabulary');
  });

  it('accepts empty texts, and shows markup as text', async () => {
    const {harness, element} = await setUp();
    for (const field of [0, 1, 2]) await harness.write(field, '');
    expect(harness.row(0).tokens).to.deep.equal(['<|endoftext|>']);
    expect(harness.row(1).tokens).to.deep.equal([]);
    await harness.write(2, '<img src=x onerror=alert(1)>');
    expect(element.renderRoot.querySelector('img')).to.equal(null);
  });

  it('leaves out the parts that its attributes switch off', async () => {
    const {harness, element} = await setUp();
    for (const [attribute, selector] of Object.entries({
      'without-controls': 'input',
      'without-documents': '[part="documents"]',
      'without-unknown': '[part="unknown"]',
      'without-lead': '.lead',
      'without-footer': '.footer',
    })) {
      expect(harness.has(selector), `${selector} before`).to.equal(true);
      element.toggleAttribute(attribute, true);
      await element.updateComplete;
      expect(harness.has(selector), `${selector} after`).to.equal(false);
    }
  });

  it('is accessible', async () => {
    const {element} = await setUp();
    await expect(element).to.be.accessible();
  });

  it('saves a picture with the tokens of the documents and of the sentence', async () => {
    const {element} = await setUp();
    const words = await savedWords(element.shadowRoot!);
    expect(words).to.include('The documents, joined');
    expect(words).to.include('<|endoftext|>').and.to.include('<|unk|>').and.to.include('50256');
  });
});
