import {expect} from '@open-wc/testing';
import {EngineError} from '../../state/index.js';
import {type RequestedModel, readBackend, readSpec} from './model-spec.js';

const requested = (part: Partial<RequestedModel> = {}) =>
  readSpec({
    pretrained: '',
    preset: 'nano',
    config: '',
    corpus: 'tiny-tales',
    text: '',
    tokenizer: '',
    ...part,
  });

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).to.be.instanceOf(EngineError);
    expect((error as EngineError).code).to.equal('config');
    return (error as EngineError).message;
  }
  throw new Error('It was not refused.');
}

describe('reading the attributes of <gpt-model>', () => {
  it('leaves out what was not said', () => {
    expect(requested()).to.deep.equal({preset: 'nano', corpus: {kind: 'tiny-tales'}});
  });

  it('asks for a model that comes trained instead of a size', () => {
    expect(requested({pretrained: 'tiny-tales', corpus: 'x.txt'})).to.deep.equal({
      pretrained: 'tiny-tales',
      corpus: {kind: 'url', url: new URL('x.txt', document.baseURI).href},
    });
    expect(refusal(() => requested({pretrained: 'gpt-9'}))).to.equal(
      'pretrained="gpt-9" is not known; it can be tiny-tales.',
    );
  });

  it('takes either spelling of a configuration, as JSON or as an object', () => {
    expect(requested({config: '{"emb_dim": 64, "nLayers": 2}'}).config).to.deep.equal({
      emb_dim: 64,
      nLayers: 2,
    });
    expect(requested({config: {n_heads: 2}}).config).to.deep.equal({n_heads: 2});
  });

  it('reads a text, an address relative to the page, and a description', () => {
    expect(requested({text: 'abc', corpus: 'x.txt'}).corpus).to.deep.equal({kind: 'text', text: 'abc'});
    const url = new URL('x.txt', document.baseURI).href;
    expect(requested({corpus: 'x.txt'}).corpus).to.deep.equal({kind: 'url', url});
    expect(requested({corpus: 'sort'}).corpus).to.deep.equal({kind: 'toy', task: 'sort'});
    expect(requested({corpus: {kind: 'tiny-tales', stories: 5}}).corpus).to.deep.equal({
      kind: 'tiny-tales',
      stories: 5,
    });
  });

  it('takes the numbers', () => {
    expect(requested({seed: 3, trainShare: 0.8, stride: 16, tokenizer: 'gpt2'})).to.deep.include({
      seed: 3,
      trainShare: 0.8,
      stride: 16,
      tokenizer: 'gpt2',
    });
  });

  it('refuses what makes no model, in a sentence that names the attribute', () => {
    expect(refusal(() => requested({preset: 'huge'}))).to.equal(
      'preset="huge" is not known; it can be nano, micro, mini, small or gpt2-124M.',
    );
    expect(refusal(() => requested({config: '{emb_dim: 64}'}))).to.contain('not valid JSON');
    expect(refusal(() => requested({config: '[1]'}))).to.contain('must be an object');
    expect(refusal(() => requested({config: '{"layers": 2}'}))).to.contain('“layers” is not part');
    expect(refusal(() => requested({config: '{"n_heads": 5}'}))).to.contain('divisible');
    expect(refusal(() => requested({corpus: 'http://'}))).to.contain('corpus="http://"');
    expect(refusal(() => requested({tokenizer: 'words'}))).to.contain('tokenizer="words"');
    expect(refusal(() => requested({seed: -1}))).to.contain('seed must be');
    expect(refusal(() => requested({seed: Number.NaN}))).to.contain('seed must be');
    expect(refusal(() => requested({trainShare: 1}))).to.contain('train-share');
    expect(refusal(() => requested({stride: 0}))).to.contain('stride');
    expect(refusal(() => readBackend('gpu'))).to.contain('auto, webgpu, wasm, webgl or cpu');
  });

  it('refuses values of any length in a short sentence', () => {
    const long = 'x'.repeat(200_000);
    for (const given of [{pretrained: long}, {preset: long}, {corpus: `http://[${long}`}, {tokenizer: long}])
      expect(refusal(() => requested(given)).length, Object.keys(given)[0]).to.be.below(300);
    expect(refusal(() => requested({config: `{"${long}": 2}`})).length).to.be.below(300);
    expect(refusal(() => requested({config: `{"n_layers": "${long}"}`})).length).to.be.below(300);
    expect(refusal(() => requested({config: '{"n_layers": 1000000}'}))).to.contain(
      'nLayers must be a whole number from 1 to 1,000',
    );
    expect(refusal(() => readBackend(long)).length).to.be.below(300);
  });
});
