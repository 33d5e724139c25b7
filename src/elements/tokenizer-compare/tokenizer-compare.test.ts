import {expect, fixture, html} from '@open-wc/testing';
import {savedWords} from '../../ui/testing/saved-file.js';
import {until} from '../../ui/testing/until.js';
import './tokenizer-compare.js';
import {TokenizerCompareHarness} from './tokenizer-compare.harness.js';
import type {TokenizerCompare} from './tokenizer-compare.js';

async function setUp(attributes: Partial<TokenizerCompare> = {}) {
  const element = await fixture<TokenizerCompare>(html`<tokenizer-compare merges="100"></tokenizer-compare>`);
  Object.assign(element, attributes);
  const harness = new TokenizerCompareHarness(element);
  await harness.drawn();
  return {element, harness};
}

describe('<tokenizer-compare>', () => {
  it('shows one text under several tokenizers, with counts that agree with the tokens', async () => {
    const {harness} = await setUp({text: 'Mia saw a kite.'});
    const {counts} = harness;
    expect(Object.keys(counts)).to.deep.equal(['characters', 'words', 'own BPE', 'gpt2']);
    expect(harness.tokens('characters')).to.have.lengthOf(15);
    expect(harness.tokens('words')).to.deep.equal(['Mia', 'saw', 'a', 'kite', '.']);
    expect(harness.tokens('own BPE').join('')).to.equal('Mia·saw·a·kite.');
    expect(harness.tokens('gpt2')).to.deep.equal(['M', 'ia', '·saw', '·a', '·k', 'ite', '.']);
    for (const [name, {tokens, each}] of Object.entries(counts)) {
      expect(Number(tokens), name).to.equal(harness.tokens(name).length);
      expect(each).to.equal((15 / Number(tokens)).toFixed(2));
    }
    expect(counts['own BPE']!.vocabulary).to.equal('357'); // 256 bytes, 100 merges, <|endoftext|>
    expect(counts.gpt2!.vocabulary).to.equal('50,257');
  });

  it('keeps its height while the tokens load', async () => {
    const element = await fixture<TokenizerCompare>(
      html`<tokenizer-compare merges="100" text="Mia saw a kite by the lake." style="width: 320px"></tokenizer-compare>`,
    );
    const {height} = element.getBoundingClientRect();
    const harness = new TokenizerCompareHarness(element);
    expect(harness.has('.row progress')).to.equal(true);
    await harness.drawn();
    expect(Math.abs(element.getBoundingClientRect().height - height)).to.be.below(50); // a line of tokens
  });

  it('shows what is lost: unknown words, whitespace, unknown characters', async () => {
    const {harness} = await setUp({text: 'Mia  saw'});
    expect(harness.counts.words!.back).to.equal('no: whitespace is lost');
    await harness.type('Text', 'Mia untangled 世');
    expect(harness.counts.words!.back).to.equal('no: 2 × <|unk|>');
    expect(harness.counts.characters!.back).to.equal('cannot be encoded');
    expect(harness.errorOf('characters')).to.contain('“世”');
    expect(harness.counts['own BPE']!.back).to.equal('yes');
    expect(harness.counts.gpt2!.back).to.equal('yes');
  });

  it('loads a vocabulary when the reader selects it', async () => {
    const {harness, element} = await setUp({tokenizers: 'gpt2', text: 'Hello world'});
    expect(Object.keys(harness.counts)).to.deep.equal(['gpt2']);
    await harness.toggle('cl100k_base');
    await harness.drawn();
    expect(element.tokenizers).to.equal('gpt2 cl100k_base');
    expect(harness.counts.cl100k_base!.vocabulary).to.equal('100,277');
    await harness.toggle('gpt2');
    expect(Object.keys(harness.counts)).to.deep.equal(['cl100k_base']);
  });

  it('trains its own BPE again for another number of merges', async () => {
    const {harness, element} = await setUp({tokenizers: 'bpe'});
    element.merges = 20;
    await harness.until(() => harness.counts['own BPE']?.vocabulary === '277', 'the smaller one');
  });

  it('compares at most 1,000 characters, and says so', async () => {
    const {harness, element} = await setUp({tokenizers: 'gpt2', text: 'a b c d '.repeat(1000)});
    expect(harness.counts.gpt2!.tokens).to.equal('501'); // the last one is the space at the cut
    expect(element.renderRoot.textContent).to.contain('The first 1,000 characters');
  });

  it('measures its own encoder and js-tiktoken, and says what was measured', async () => {
    const {harness} = await setUp({tokenizers: 'gpt2'});
    expect(harness.race).not.to.match(/\d/);
    expect(harness.verdict).to.equal('');
    await harness.press('Measure');
    await harness.until(() => harness.verdict !== '', 'the times', 28_000);
    expect(harness.race).to.match(/own encoder ?[\d,]+ ms ?[\d,]+ ms ?[\d.]+ MB\/s/);
    expect(harness.race).to.match(/js-tiktoken ?[\d,]+ ms ?[\d,]+ ms ?[\d.]+ MB\/s/);
    expect(harness.verdict).to.contain('the same ids from both').and.to.contain('median of 3 runs');
  });

  it('can be stopped while it measures', async () => {
    const {harness} = await setUp({tokenizers: 'char'});
    await harness.press('Measure');
    await harness.press('Stop');
    expect(harness.verdict).to.equal('');
    expect(harness.has('.race [role="alert"]')).to.equal(false);
  });

  it('leaves out the parts that its attributes switch off', async () => {
    const {harness, element} = await setUp({tokenizers: 'char'});
    for (const [attribute, selector] of Object.entries({
      'without-controls': 'textarea',
      'without-race': '.race',
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

  it('saves a picture with the tokens of each tokenizer', async () => {
    const {element} = await setUp({text: 'Mia saw a kite.'});
    const words = await savedWords(element.shadowRoot!);
    expect(words).to.include('words (each word of tiny-tales): 5 tokens');
    expect(words).to.include('gpt2 (GPT-2, 2019): 7 tokens').and.to.include('ite');
  });

  it('shows what was recorded until all of its tokenizers are there', async () => {
    const element = await fixture<TokenizerCompare>(
      html`<tokenizer-compare merges="100"><p slot="recorded">A picture</p></tokenizer-compare>`,
    );
    const root = element.shadowRoot!;
    expect(root.querySelector('slot[name="recorded"]')).to.exist;
    await until(() => !root.querySelector('slot[name="recorded"]'), 'the tokenizers');
    expect(root.querySelector('.loading')).to.equal(null);
  });
});
