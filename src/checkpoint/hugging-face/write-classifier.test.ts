import {expect} from '@open-wc/testing';
import {largestDifference} from '../../model/testing/golden.js';
import {CharTokenizer} from '../../tokenizers/char.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {WordTokenizer} from '../../tokenizers/word.js';
import {bytesOfFile, type FileToWrite} from '../file-to-write.js';
import golden from '../golden/sequence-classification.json';
import {readSafetensors} from '../safetensors.js';
import {classLogitsOf} from '../testing/logits.js';
import {HuggingFaceError} from './error.js';
import {writeClassifier} from './write-classifier.js';

type Json = Record<string, unknown>;

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
const WRITTEN = readSafetensors(fromBase64(golden.files['model.safetensors'])).tensors;
const CONFIG = JSON.parse(atob(golden.files['config.json'])) as Json;
const {classes, texts} = golden;

/** The golden model without the row that pads. */
const TOKENS = 18;
const config = {vocabSize: TOKENS, contextLength: 9, embDim: 8, nHeads: 2, nLayers: 2, dropRate: 0, qkvBias: true, tieWeights: true}; // biome-ignore format: one line
const tokenizer = new CharTokenizer([...'abcdefghijklmnopqr']);
function weight(name: string): Float32Array {
  const {data} = WRITTEN.get(name === 'score.weight' ? name : `transformer.${name}`)!;
  const numbers = data as Float32Array;
  return name === 'wte.weight' ? numbers.slice(0, TOKENS * config.embDim) : numbers;
}
const model = {config, tokenizer, classes, weight};

const jsonOf = async (files: ReadonlyMap<string, FileToWrite>, name: string) =>
  JSON.parse(new TextDecoder().decode(await bytesOfFile(files.get(name)!))) as Json;

describe('writeClassifier', () => {
  it('writes the tensors that GPT2ForSequenceClassification has, with a row of zeros for the token that pads', async () => {
    const files = writeClassifier(model);
    const {tensors} = readSafetensors(await bytesOfFile(files.get('model.safetensors')!));
    expect([...tensors.keys()].sort()).to.deep.equal([...WRITTEN.keys()].sort());
    for (const [name, {shape, data}] of WRITTEN) expect(tensors.get(name), name).to.deep.equal({shape, data});
  });

  it('writes the config.json of transformers: classes by name and number, and the token that pads', async () => {
    const json = await jsonOf(writeClassifier(model), 'config.json');
    const {torch_dtype: dtype, num_labels: count, ...shared} = json;
    expect([dtype, count]).to.deep.equal(['float32', 3]);
    for (const [name, value] of Object.entries(shared)) expect(CONFIG[name], name).to.deep.equal(value);
    expect(json).to.include({vocab_size: 19, pad_token_id: 18});
    expect(json.id2label).to.deep.equal({0: 'ham', 1: 'spam', 2: 'other'});
  });

  it('describes a model whose logits are those of transformers over the padded texts', async () => {
    const logits = new Float32Array(fromBase64(golden.logits).buffer);
    const computed = await classLogitsOf(config, weight, texts, classes.length);
    expect(largestDifference(computed, logits)).to.be.below(1e-5);
  });

  it('gives a tokenizer without a token that pads one, and takes the one that is there', async () => {
    const files = async (tokenizer: Tokenizer, vocabSize = TOKENS) => {
      const written = writeClassifier({...model, tokenizer, config: {...config, vocabSize}});
      const {added_tokens: added} = await jsonOf(written, 'tokenizer.json');
      const {pad_token: pad} = await jsonOf(written, 'tokenizer_config.json');
      const {pad_token_id: id, vocab_size: rows} = await jsonOf(written, 'config.json');
      return {added: (added as {content: string; id: number}[]).map(({content, id}) => [content, id]), pad, id, rows}; // biome-ignore format: one line
    };
    const added = [['<|endoftext|>', 18]];
    const given = {added, pad: '<|endoftext|>', id: 18, rows: 19};
    expect(await files(tokenizer)).to.deep.equal(given);
    expect(await files(tokenizer, 30)).to.deep.equal({...given, rows: 30});
    const words = new WordTokenizer(['<|endoftext|>', 'cat', 'sat', '<|unk|>']);
    const own = await files(words);
    expect(own).to.deep.include({pad: '<|endoftext|>', id: 0, rows: TOKENS});
  });

  it('refuses a model that transformers does not have, and a tokenizer that does not fit', () => {
    expect(() => writeClassifier({...model, config: {...config, causal: false}})).to.throw(HuggingFaceError);
    expect(() => writeClassifier({...model, config: {...config, vocabSize: 3}})).to.throw(
      HuggingFaceError,
      'do not belong together',
    );
  });
});
