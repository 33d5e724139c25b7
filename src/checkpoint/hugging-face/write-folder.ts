import {withRemedy} from '../../math/remedy.js';
import type {GPTConfig} from '../../model/config.js';
import {parameterShapes} from '../../model/parameters.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {type FileToWrite, fileOf} from '../file-to-write.js';
import type {WrittenDtype} from '../safetensors-numbers.js';
import {safetensorsFile, type TensorToWrite} from '../safetensors-writer.js';
import {writeConfig, writeGenerationConfig} from './config.js';
import {HuggingFaceError} from './error.js';
import {endOfText, tokenizerFiles} from './tokenizer-files.js';

export interface ModelToWrite {
  config: GPTConfig;
  /** Without one, the folder holds the model only. */
  tokenizer?: Tokenizer;
  /** Gives a tensor of the model by its name, as `parameterShapes` has it. Called when the tensor is written. */
  weight(name: string): Float32Array | Promise<Float32Array>;
}

export interface FolderOptions {
  /** Bits a number. Default: F32. */
  dtype?: WrittenDtype;
}

/**
 * Returns the files of a folder by name, from which `GPT2LMHeadModel.from_pretrained` loads a model with the same logits and
 * `AutoTokenizer.from_pretrained` a tokenizer with the same ids. Nothing is read from the model before a file is written.
 * @throws {HuggingFaceError} where `transformers` has no such model, or the tokenizer has more tokens than the model
 * @throws {TokenizerSpecError} where Hugging Face's files cannot hold the tokenizer
 */
export function writeFolder(
  {config, tokenizer, weight}: ModelToWrite,
  {dtype = 'F32'}: FolderOptions = {},
): Map<string, FileToWrite> {
  checkVocabulary(config, tokenizer);
  const end = endOfText(tokenizer);
  const files = new Map([
    ['config.json', fileOf(writeConfig(config, {dtype, endOfText: end}))],
    ['generation_config.json', fileOf(writeGenerationConfig(end))],
    ['model.safetensors', safetensorsFile(tensorsOf(config, weight), {dtype, metadata: {format: 'pt'}})],
  ]);
  if (tokenizer)
    for (const [name, text] of tokenizerFiles(tokenizer, config.contextLength)) files.set(name, fileOf(text));
  return files;
}

/** @throws {HuggingFaceError} where the tokenizer has ids that the model does not. (Unused rows of the model are common.) */
export function checkVocabulary({vocabSize}: GPTConfig, tokenizer: Tokenizer | undefined): void {
  if (tokenizer && tokenizer.vocabSize > vocabSize)
    throw withRemedy(
      new HuggingFaceError(
        `The tokenizer has ${tokenizer.vocabSize} tokens, but the model knows only ${vocabSize}: they do not belong together.`,
      ),
      'Choose the tokenizer that the model was trained with.',
    );
}

/** Every tensor of a `GPT2LMHeadModel`. It always has a qkv bias; where ours has none, zeros are the same model. */
export function* tensorsOf(
  config: GPTConfig,
  weight: ModelToWrite['weight'],
): Generator<TensorToWrite, void, void> {
  const own = new Set(parameterShapes(config).map(([name]) => name));
  for (const [name, shape] of parameterShapes({...config, qkvBias: true}))
    yield {
      name: name === 'lm_head.weight' ? name : `transformer.${name}`,
      shape,
      read: () => (own.has(name) ? weight(name) : new Float32Array(shape[0]!)),
    };
}
