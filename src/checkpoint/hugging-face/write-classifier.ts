/** A classifier as a folder that Hugging Face `transformers` loads. */
import {classifierShapes} from '../../model/classifier-shapes.js';
import type {GPTConfig} from '../../model/config.js';
import {type FileToWrite, fileOf} from '../file-to-write.js';
import {safetensorsFile, type TensorToWrite} from '../safetensors-writer.js';
import {writeConfig} from './config.js';
import {endOfText, tokenizerFiles} from './tokenizer-files.js';
import {checkVocabulary, type FolderOptions, type ModelToWrite, tensorsOf} from './write-folder.js';

export interface ClassifierToWrite extends Required<ModelToWrite> {
  /** Names of the classes, in the order of the rows of `score.weight`. */
  classes: readonly string[];
}

/**
 * Returns the files of a folder by name, from which `GPT2ForSequenceClassification.from_pretrained` loads a classifier with the same logits
 * and `AutoTokenizer.from_pretrained` its tokenizer.
 *
 * `transformers` reads the class at the last token that is not the padding token. So the padding token must be none that texts contain: a
 * tokenizer without `<|endoftext|>` gets one, and the model a row of zeros for it, which no other token attends to.
 * @throws {HuggingFaceError} where `transformers` has no such model, or the tokenizer has more tokens than the model
 * @throws {TokenizerSpecError} where Hugging Face's files cannot hold the tokenizer
 */
export function writeClassifier(
  {config, tokenizer, weight, classes}: ClassifierToWrite,
  {dtype = 'F32'}: FolderOptions = {},
): Map<string, FileToWrite> {
  checkVocabulary(config, tokenizer);
  const padId = endOfText(tokenizer) ?? tokenizer.vocabSize;
  const padded = {...config, vocabSize: Math.max(config.vocabSize, padId + 1)};
  const tensors = tensorsOfClassifier(padded, classes.length, (name) =>
    name === 'wte.weight' ? withRows(weight(name), padded) : weight(name),
  );
  return new Map([
    ['config.json', fileOf(writeConfig(padded, {dtype, endOfText: padId, classes}))],
    ['model.safetensors', safetensorsFile(tensors, {dtype, metadata: {format: 'pt'}})],
    ...Array.from(
      tokenizerFiles(tokenizer, config.contextLength, padId),
      ([name, text]): [string, FileToWrite] => [name, fileOf(text)],
    ),
  ]);
}

/** The class head takes the place of the one that scores tokens. */
function* tensorsOfClassifier(
  config: GPTConfig,
  classes: number,
  weight: ModelToWrite['weight'],
): Generator<TensorToWrite, void, void> {
  yield* tensorsOf({...config, tieWeights: true}, weight);
  for (const [name, shape] of classifierShapes(config, classes))
    yield {name, shape, read: () => weight(name)};
}

/** Returns the embedding with rows of zeros for tokens that it lacks, [V, C]. */
async function withRows(
  rows: Float32Array | Promise<Float32Array>,
  {vocabSize, embDim}: GPTConfig,
): Promise<Float32Array> {
  const all = new Float32Array(vocabSize * embDim);
  all.set(await rows);
  return all;
}
