import {expect} from '@open-wc/testing';
import {CharTokenizer, loadTokenizer} from '../tokenizers/index.js';
import {CorpusError} from './corpus.js';
import {prepareCorpus} from './prepare.js';
import {grammarFacts, tinyTales} from './tiny-tales/index.js';
import {slidingWindows} from './windows.js';

const corpus = tinyTales({stories: 60});

describe('prepareCorpus', () => {
  it('counts what it made', () => {
    const tokenizer = CharTokenizer.fromText(corpus.text);
    const {train, validation, trainStarts, validationStarts, facts} = prepareCorpus(corpus, tokenizer, {
      contextLength: 32,
      stride: 8,
      trainShare: 0.8,
    });
    expect(tokenizer.decode([...train, ...validation])).to.equal(corpus.text);
    expect(facts.name).to.equal('tiny-tales');
    expect([facts.characters, facts.tokens]).to.deep.equal([corpus.text.length, corpus.text.length]);
    expect(facts.trainTokens).to.equal(train.length);
    expect(facts.trainTokens + facts.validationTokens).to.equal(facts.tokens);
    expect(train.length / facts.tokens).to.be.closeTo(0.8, 0.001);
    expect([...trainStarts]).to.deep.equal([...slidingWindows(train.length, 32, 8)]);
    expect([facts.trainWindows, facts.validationWindows]).to.deep.equal([
      trainStarts.length,
      validationStarts.length,
    ]);
    expect(facts.excerpt).to.equal(corpus.text.slice(0, 300));
  });

  it('uses windows that do not overlap, and nine tenths, unless told otherwise', () => {
    const {facts, trainStarts} = prepareCorpus(corpus, CharTokenizer.fromText(corpus.text), {
      contextLength: 16,
    });
    expect(trainStarts[1]).to.equal(16);
    expect(facts.trainTokens / facts.tokens).to.be.closeTo(0.9, 0.001);
  });

  it('has the grammar’s entropy as the floor of a character model', () => {
    const {facts} = prepareCorpus(corpus, CharTokenizer.fromText(corpus.text), {contextLength: 16});
    expect(facts.floor).to.equal(grammarFacts().entropyPerCharacter);
  });

  it('keeps the floor of the whole text when its tokens are longer', async () => {
    const {facts} = prepareCorpus(corpus, await loadTokenizer('gpt2'), {contextLength: 16});
    expect(facts.tokens).to.be.below(facts.characters / 3);
    expect(facts.floor! * facts.tokens).to.be.closeTo(
      grammarFacts().entropyPerCharacter * facts.characters,
      1e-6,
    );
  });

  it('has no floor where the source is unknown', () => {
    const text = 'abcdefghij'.repeat(30);
    expect(
      prepareCorpus({name: 'x', text}, CharTokenizer.fromText(text), {contextLength: 8}).facts,
    ).to.not.have.property('floor');
  });

  it('counts an emoji as one character and never cuts one in the excerpt', () => {
    const text = '🦕'.repeat(400);
    const {facts} = prepareCorpus({name: 'x', text}, CharTokenizer.fromText(text), {contextLength: 8});
    expect(facts.characters).to.equal(400);
    expect(facts.excerpt).to.equal('🦕'.repeat(300));
  });

  it('says how much text is missing', () => {
    const text = 'too short for this context';
    expect(() =>
      prepareCorpus({name: 'x', text}, CharTokenizer.fromText(text), {contextLength: 64}),
    ).to.throw(CorpusError, 'The text has 26 tokens');
  });
});
