// Writes models with random weights as Hugging Face folders, beside each what this library computes: logits, and ids of hostile texts.
// Runs in Node, bundled by scripts/hugging-face.mjs.
import {createWriteStream, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {writeFolder} from '../../src/checkpoint/hugging-face/write-folder.js';
import {logitsOf} from '../../src/checkpoint/testing/logits.js';
import {writeZip} from '../../src/checkpoint/zip/write-zip.js';
import {fromF16, toF16} from '../../src/math/float16.js';
import {normals, permutation} from '../../src/math/rng.js';
import {GPT_CONFIG_124M, type GPTConfig} from '../../src/model/config.js';
import {sizeOf} from '../../src/model/named-tensor.js';
import {parameterShapes} from '../../src/model/parameters.js';
import {
  CharTokenizer,
  loadTiktoken,
  type Tokenizer,
  trainBPE,
  WordTokenizer,
} from '../../src/tokenizers/index.js';
import {hostileTexts} from './hostile-texts.js';

export {writeClassifiers} from './write-classifiers.js';

const TEXTS = hostileTexts(500, 14);
/** Half of the texts, so that the other half has characters and words that are unknown. */
const KNOWN = TEXTS.slice(0, 250).join(' ');

interface Case {
  name: string;
  tokenizer: () => Promise<Tokenizer>;
  config: Partial<GPTConfig>;
  dtype: 'F32' | 'F16';
}

const CASES: Case[] = [
  {name: 'bpe, tied', tokenizer: () => trainBPE(KNOWN, {merges: 150, specialTokens: ['<|endoftext|>', '[CLS]']}), config: {embDim: 12, nHeads: 3, nLayers: 2, qkvBias: true, tieWeights: true}, dtype: 'F32'},
  {name: 'bpe, untied, without qkv bias, F16', tokenizer: () => trainBPE(KNOWN, {merges: 40}), config: {embDim: 10, nHeads: 5, nLayers: 3, qkvBias: false, tieWeights: false}, dtype: 'F16'},
  {name: 'gpt2, tied, without qkv bias', tokenizer: () => loadTiktoken('gpt2'), config: {embDim: 4, nHeads: 2, nLayers: 1, qkvBias: false, tieWeights: true}, dtype: 'F32'},
  {name: 'char, untied', tokenizer: async () => CharTokenizer.fromText(KNOWN), config: {embDim: 6, nHeads: 1, nLayers: 1, qkvBias: true, tieWeights: false}, dtype: 'F32'},
  {name: 'word, tied, with rows to spare, F16', tokenizer: async () => WordTokenizer.fromText(KNOWN), config: {embDim: 8, nHeads: 2, nLayers: 2, qkvBias: true, tieWeights: true}, dtype: 'F16'},
]; // biome-ignore format: one a line

export async function writeFolders(folder: string): Promise<void> {
  for (const [number, {name, tokenizer: make, config: sizes, dtype}] of CASES.entries()) {
    const tokenizer = await make();
    const spare = name.includes('rows to spare') ? 7 : 0;
    const config: GPTConfig = {...GPT_CONFIG_124M, vocabSize: tokenizer.vocabSize + spare, contextLength: 9, dropRate: 0.1, ...sizes}; // biome-ignore format: one line
    const weights = new Map(parameterShapes(config).map(([name, shape], i) => [name, weight(name, sizeOf(shape), 1000 * number + i, dtype)])); // biome-ignore format: one line
    const own = join(folder, String(number));
    mkdirSync(join(own, 'model'), {recursive: true});
    const files = writeFolder({config, tokenizer, weight: (name) => weights.get(name)!}, {dtype});
    for (const [file, {chunks}] of files)
      await pipeline(Readable.from(chunks()), createWriteStream(join(own, 'model', file)));
    await pipeline(Readable.from(writeZip(files)), createWriteStream(join(own, 'model.zip')));
    const ids = [0, 1].map((row) => [...permutation(config.vocabSize, row)].slice(0, 9));
    const logits = await logitsOf(config, weights, ids);
    writeFileSync(
      join(own, 'expected.json'),
      JSON.stringify({
        name,
        ids,
        logits: Buffer.from(logits.buffer, logits.byteOffset, logits.byteLength).toString('base64'),
        vocabSize: config.vocabSize,
        tokens: tokenizer.vocabSize,
        texts: TEXTS,
        textIds: TEXTS.map((text) => idsOf(tokenizer, text)),
        decodes: tokenizer.spec.kind !== 'word', // words lose their whitespace here, too
      }),
    );
  }
}

/** Random numbers that are far from usual weights, so that every one of them changes the logits. */
function weight(name: string, size: number, seed: number, dtype: Case['dtype']): Float32Array {
  const isScale = /ln_.\.weight$/.test(name);
  const numbers = normals(size, isScale ? 1 : 0, 0.3, seed);
  return dtype === 'F16' ? numbers.map((value) => fromF16(toF16(value))) : numbers;
}

/** The ids with special tokens recognized, as Hugging Face has it; null where the tokenizer refuses the text. */
function idsOf(tokenizer: Tokenizer, text: string): number[] | null {
  try {
    return tokenizer.encode(text, {allowedSpecial: 'all'});
  } catch {
    return null;
  }
}
