// Writes classifiers as Hugging Face folders, beside each the logits that this library computes for texts of different lengths. Runs in Node,
// bundled by scripts/hugging-face.mjs.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {bytesOfFile} from '../../src/checkpoint/file-to-write.js';
import {type ClassifierToWrite, writeClassifier} from '../../src/checkpoint/hugging-face/write-classifier.js';
import {readSafetensors} from '../../src/checkpoint/safetensors.js';
import {classLogitsOf} from '../../src/checkpoint/testing/logits.js';
import {spamHam} from '../../src/data/spam-ham/index.js';
import {normals} from '../../src/math/rng.js';
import type {GPTConfig} from '../../src/model/config.js';
import {fineTuningLayout} from '../../src/model/fine-tuning.js';
import {loadTokenizer} from '../../src/tokenizers/load.js';
import {loadTiktoken} from '../../src/tokenizers/tiktoken.js';

interface Case extends ClassifierToWrite {
  name: string;
  texts: string[];
  weight(name: string): Float32Array;
}

/** The model that ships, with a random head. Its tokenizer has no token that pads, and many messages end with its token 0. */
async function shipped(root: string): Promise<Case> {
  const file = readFileSync(join(root, 'src/engine/tiny-tales.safetensors'));
  const {tensors, metadata} = readSafetensors(file);
  const config = JSON.parse(metadata.get('config')!) as GPTConfig;
  const {test, classes} = spamHam({seed: 1});
  return {
    name: 'tiny-tales as a classifier',
    config,
    tokenizer: await loadTokenizer(JSON.parse(metadata.get('tokenizer')!)),
    classes,
    weight: (name) => (tensors.get(name)?.data as Float32Array) ?? normals(2 * config.embDim, 0, 0.3, 1),
    texts: [...test.slice(0, 60).map(({text}) => text), 'Win!!!', '!'],
  };
}

/** A model that pads with GPT-2's own token, without a qkv bias, untied, of three classes. */
async function small(): Promise<Case> {
  const tokenizer = await loadTiktoken('gpt2');
  const config: GPTConfig = {vocabSize: tokenizer.vocabSize, contextLength: 24, embDim: 4, nHeads: 2, nLayers: 2, dropRate: 0.1, qkvBias: false, tieWeights: false}; // biome-ignore format: one line
  const classes = ['low', 'middle', 'high'];
  const {slots} = fineTuningLayout(config, {classes: 3});
  const size = (name: string) => slots.find((slot) => slot.name === name)!.size;
  const weight = (name: string) => normals(size(name), /ln_.*weight$/.test(name) ? 1 : 0, 0.5, name.length);
  const texts = ['Hello, world', 'a', 'naïve 日本語', 'One, two, three, four, five.', 'x y z'];
  return {name: 'gpt2’s tokenizer, three classes, untied, without qkv bias', config, tokenizer, classes, weight, texts}; // biome-ignore format: one line
}

export async function writeClassifiers(folder: string, root: string): Promise<void> {
  for (const [number, model] of [await shipped(root), await small()].entries()) {
    const own = join(folder, String(number));
    mkdirSync(join(own, 'model'), {recursive: true});
    for (const [name, file] of writeClassifier(model))
      writeFileSync(join(own, 'model', name), await bytesOfFile(file));
    const {name, config, tokenizer, weight, classes, texts} = model;
    const textIds = texts.map((text) => tokenizer.encode(text));
    const logits = [...(await classLogitsOf(config, weight, textIds, classes.length))];
    const {contextLength} = config;
    writeFileSync(join(own, 'expected.json'), JSON.stringify({name, classes, contextLength, texts, textIds, logits})); // biome-ignore format: one line
  }
}
