import {expect} from '@open-wc/testing';
import {ConfigError, GPT_CONFIG_124M, type GPTConfig} from '../../model/config.js';
import {readConfig, writeConfig, writeGenerationConfig} from './config.js';
import {HuggingFaceError} from './error.js';

const read = (settings: object) => readConfig(JSON.stringify({model_type: 'gpt2', ...settings}));

describe('config.json', () => {
  it('that says nothing describes GPT-2 small, as GPT2Config does', () => {
    expect(readConfig('{}')).to.deep.equal({
      config: {...GPT_CONFIG_124M, qkvBias: true, tieWeights: true},
      notes: [],
    });
  });

  it('is read under the other names that transformers knows, and null stands for the default', () => {
    const {config} = read({
      hidden_size: 12,
      num_attention_heads: 3,
      num_hidden_layers: 2,
      max_position_embeddings: 8,
      vocab_size: 17,
      n_inner: null,
      activation_function: null,
      tie_word_embeddings: null,
    });
    expect(config).to.include({
      embDim: 12,
      nHeads: 3,
      nLayers: 2,
      contextLength: 8,
      vocabSize: 17,
      tieWeights: true,
    });
    expect(read({n_ctx: 512}).config.contextLength).to.equal(512);
    expect(read({n_ctx: 512, n_positions: 256}).config.contextLength).to.equal(256);
  });

  it('may name what does not change the logits: another name of GELU, its width in full, upcasting', () => {
    for (const settings of [
      {activation_function: 'gelu_pytorch_tanh'},
      {n_inner: 3072},
      {reorder_and_upcast_attn: true},
      {architectures: ['GPT2Model']},
      {summary_type: 'cls_index', task_specific_params: {}, use_cache: false, transformers_version: '4.0.0'},
    ])
      expect(read(settings).config, JSON.stringify(settings)).to.deep.equal(readConfig('{}').config);
  });

  it('with different dropout rates is read, with a note', () => {
    const {config, notes} = read({resid_pdrop: 0, embd_pdrop: 0.1, attn_pdrop: 0.2});
    expect(config.dropRate).to.equal(0);
    expect(notes).to.deep.equal([
      'The model was trained with dropout rates of 0, 0.1, 0.2 (residual, embeddings, attention). Further training here uses 0 for all three.',
    ]);
  });

  const refused: [settings: object, message: RegExp][] = [
    [{model_type: 'llama'}, /“model_type” to "llama"/],
    [{architectures: ['GPT2ForTokenClassification']}, /“architectures” to \["GPT2ForTokenClassification"\]/],
    [{architectures: 'GPT2LMHeadModel'}, /“architectures”/],
    [{activation_function: 'gelu'}, /“activation_function” to "gelu"/],
    [{activation_function: 'relu'}, /“activation_function” to "relu"/],
    [{layer_norm_epsilon: 1e-6}, /“layer_norm_epsilon” to 0.000001/],
    [{n_inner: 3000}, /“n_inner” to 3000/],
    [{n_embd: 12, n_head: 3, n_inner: 3072}, /“n_inner” to 3072/],
    [{scale_attn_weights: false}, /“scale_attn_weights” to false/],
    [{scale_attn_by_inverse_layer_idx: true}, /“scale_attn_by_inverse_layer_idx” to true/],
    [{add_cross_attention: true}, /“add_cross_attention” to true/],
    [{is_encoder_decoder: true}, /“is_encoder_decoder” to true/],
    [{quantization_config: {bits: 4}}, /“quantization_config” to \{"bits":4\}/],
    [{n_embd: '768'}, /“n_embd” to "768", which is no number/],
    [{tie_word_embeddings: 'yes'}, /“tie_word_embeddings” to "yes", which is no boolean/],
  ]; // biome-ignore format: one a line
  for (const [settings, message] of refused)
    it(`is refused with ${JSON.stringify(settings)}`, () => {
      expect(() => read(settings)).to.throw(HuggingFaceError, message);
    });

  it('is refused where it is no JSON object', () => {
    for (const text of ['', '{', '[]', 'null', '"gpt2"', '{"n_embd": NaN}'])
      expect(() => readConfig(text), text).to.throw(HuggingFaceError, /This config.json/);
  });

  it('is refused where its numbers make no model', () => {
    for (const settings of [{n_embd: 10}, {n_layer: 0}, {n_layer: 1e9}, {vocab_size: -1}, {resid_pdrop: 1}])
      expect(() => read(settings), JSON.stringify(settings)).to.throw(ConfigError);
    expect(() => read({n_embd: 32, n_head: 3}), 'in the words of the file').to.throw(
      /config\.json is broken: n_embd \(32\) must be divisible by n_head \(3\)/,
    );
  });

  const own: GPTConfig = {vocabSize: 17, contextLength: 8, embDim: 12, nHeads: 3, nLayers: 2, dropRate: 0.25, qkvBias: false, tieWeights: false}; // biome-ignore format: one line
  for (const change of [{}, {qkvBias: true}, {tieWeights: true}, {dropRate: 0}])
    it(`comes back as it was written (${JSON.stringify(change)})`, () => {
      const config = {...own, ...change};
      const text = writeConfig(config, {dtype: 'F32', endOfText: 3});
      expect(readConfig(text)).to.deep.equal({config, notes: []});
    });

  it('says what transformers has to know', () => {
    const json = JSON.parse(writeConfig(own, {dtype: 'F16'}));
    expect(json).to.include({model_type: 'gpt2', tie_word_embeddings: false, torch_dtype: 'float16', qkv_bias: false, bos_token_id: null, eos_token_id: null}); // biome-ignore format: one line
    expect(JSON.parse(writeConfig({...own, qkvBias: true}, {dtype: 'F32'}))).not.to.have.property('qkv_bias');
    expect(JSON.parse(writeGenerationConfig(3))).to.include({bos_token_id: 3, eos_token_id: 3});
  });

  it('cannot be written for a model that sees the future', () => {
    expect(() => writeConfig({...own, causal: false}, {dtype: 'F32'})).to.throw(
      HuggingFaceError,
      'no such model',
    );
  });

  it('cannot be written for a model whose norms stand after the sums', () => {
    expect(() => writeConfig({...own, norm: 'post'}, {dtype: 'F32'})).to.throw(
      HuggingFaceError,
      'no such model',
    );
  });

  it('names the classes of a classifier, which shares no head for tokens', () => {
    const settings = {architectures: ['GPT2ForSequenceClassification'], tie_word_embeddings: false};
    const read = (more: object) => readConfig(JSON.stringify({model_type: 'gpt2', ...settings, ...more}));
    const {classes, config} = read({id2label: {0: 'ham', 1: 'spam'}});
    expect(classes).to.deep.equal(['ham', 'spam']);
    expect(config.tieWeights).to.equal(true);
    expect(read({}).classes, 'as transformers has it').to.deep.equal(['LABEL_0', 'LABEL_1']);
    expect(() => read({id2label: {0: 'one'}})).to.throw(HuggingFaceError, 'at least two classes');
  });
});
