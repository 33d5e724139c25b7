import {expect} from '@open-wc/testing';
import {normals} from '../../math/rng.js';
import type {GPTConfig} from '../../model/config.js';
import {sizeOf} from '../../model/named-tensor.js';
import {parameterShapes} from '../../model/parameters.js';
import {trainBPE} from '../../tokenizers/bpe/train.js';
import {CharTokenizer} from '../../tokenizers/char.js';
import {loadTiktoken} from '../../tokenizers/tiktoken.js';
import {type Tokenizer, TokenizerSpecError} from '../../tokenizers/tokenizer.js';
import {WordTokenizer} from '../../tokenizers/word.js';
import {bytesSource} from '../byte-source.js';
import {bytesOfFile, type FileToWrite} from '../file-to-write.js';
import {readSafetensors} from '../safetensors.js';
import {weightsOf} from '../testing/golden-folders.js';
import {HuggingFaceError} from './error.js';
import {openFolder} from './open-folder.js';
import {writeFolder} from './write-folder.js';

const config: GPTConfig = {vocabSize: 300, contextLength: 6, embDim: 4, nHeads: 2, nLayers: 2, dropRate: 0, qkvBias: true, tieWeights: true}; // biome-ignore format: one line

/** A model with random weights. */
function modelOf(change: Partial<GPTConfig> = {}, tokenizer?: Tokenizer) {
  const own = {...config, ...change};
  const weights = new Map(
    parameterShapes(own).map(([name, shape], i) => [name, normals(sizeOf(shape), 0, 1, i)]),
  );
  return {config: own, tokenizer, weights, weight: (name: string) => weights.get(name)!};
}

async function readBack(files: ReadonlyMap<string, FileToWrite>) {
  const sources = await Promise.all(
    Array.from(files, async ([name, file]) => [name, bytesSource(await bytesOfFile(file))] as const),
  );
  return openFolder(new Map(sources));
}

describe('writeFolder', () => {
  for (const change of [{}, {tieWeights: false}, {qkvBias: false}, {qkvBias: false, tieWeights: false}])
    it(`writes a model that is read back as it was (${JSON.stringify(change)})`, async () => {
      const model = modelOf(change);
      const folder = await readBack(writeFolder(model));
      expect(folder.config).to.deep.equal(model.config);
      expect(folder.tokenizer).to.equal(undefined);
      expect(await weightsOf(folder)).to.deep.equal(model.weights);
    });

  it('writes the tensors of GPT2LMHeadModel, with zeros for the qkv bias that a model lacks', async () => {
    const files = writeFolder(modelOf({qkvBias: false, tieWeights: false}), {dtype: 'F16'});
    expect([...files.keys()]).to.deep.equal(['config.json', 'generation_config.json', 'model.safetensors']);
    const {tensors, metadata} = readSafetensors(await bytesOfFile(files.get('model.safetensors')!));
    expect([...metadata]).to.deep.equal([['format', 'pt']]);
    expect(tensors.size).to.equal(2 + 12 * 2 + 2 + 1);
    expect(tensors.get('lm_head.weight')!.shape).to.deep.equal([300, 4]);
    expect(tensors.get('transformer.h.1.attn.c_attn.bias')).to.deep.equal({
      shape: [12],
      data: new Float32Array(12),
    });
  });

  const text = 'The cat sat on the mat. “No!” said the dog, and it sat--too.';
  const tokenizers: [name: string, make: () => Promise<Tokenizer>, files: string[]][] = [
    ['bpe', () => trainBPE(text, {merges: 20, specialTokens: ['<|endoftext|>']}), ['tokenizer.json', 'vocab.json', 'merges.txt', 'tokenizer_config.json']],
    ['char', async () => CharTokenizer.fromText(`${text}\n👍`), ['tokenizer.json', 'tokenizer_config.json']],
    ['word', async () => WordTokenizer.fromText(text), ['tokenizer.json', 'tokenizer_config.json']],
  ]; // biome-ignore format: one a line
  for (const [name, make, files] of tokenizers)
    it(`writes the tokenizer ${name}, which is read back as it was`, async () => {
      const tokenizer = await make();
      const written = writeFolder(modelOf({}, tokenizer));
      expect([...written.keys()].slice(3)).to.deep.equal(files);
      const folder = await readBack(written);
      expect(folder.tokenizer!.spec).to.deep.equal(tokenizer.spec);
      const json = JSON.parse(
        new TextDecoder().decode(await bytesOfFile(written.get('config.json')!)),
      ) as Record<string, unknown>;
      const end = tokenizer.specialTokens.get('<|endoftext|>') ?? null;
      expect(json).to.include({bos_token_id: end, eos_token_id: end});
    });

  it('writes the tokenizer gpt2 with merges, which is read back with its ids', async () => {
    const tokenizer = await loadTiktoken('gpt2');
    const written = writeFolder(modelOf({vocabSize: 50_257, embDim: 1, nHeads: 1}, tokenizer));
    const folder = await readBack(written);
    for (const text of ['Hello, world', ' naïve  \n日本語 👍🏽', 'x<|endoftext|>y'])
      expect(folder.tokenizer!.encode(text, {allowedSpecial: 'all'})).to.deep.equal(
        tokenizer.encode(text, {allowedSpecial: 'all'}),
      );
  });

  it('refuses what Hugging Face’s files cannot hold', async () => {
    const char = CharTokenizer.fromText('ab\ud83d');
    expect(() => writeFolder(modelOf({}, char))).to.throw(TokenizerSpecError, 'half of a character');
    const other = await loadTiktoken('cl100k_base');
    expect(() => writeFolder(modelOf({vocabSize: 2 ** 17}, other))).to.throw(
      TokenizerSpecError,
      'cl100k_base',
    );
    const special = await trainBPE('a', {merges: 0, specialTokens: ['<\udc00>']});
    expect(() => writeFolder(modelOf({}, special))).to.throw(TokenizerSpecError, 'Rename it');
    expect(() => writeFolder(modelOf({causal: false}))).to.throw(HuggingFaceError, 'no such model');
  });

  it('refuses a tokenizer with more tokens than the model', async () => {
    const tokenizer = CharTokenizer.fromText('abcdef');
    expect(() => writeFolder(modelOf({vocabSize: 5}, tokenizer))).to.throw(
      HuggingFaceError,
      'do not belong together',
    );
  });
});
