import type {LiveModel, ModelSpec} from '../../state/index.js';
import {tokenizerChoiceOf} from './model-text.js';

/** Returns what changes in the spec of a model with another context length: its size, so that it cannot come trained any more. */
export async function withContext(model: LiveModel, contextLength: number): Promise<Partial<ModelSpec>> {
  const {pretrained, config} = model.spec;
  if (!pretrained) return {config: {...config, contextLength}, stride: undefined};
  const {vocabSize: _, ...size} = (await model.ready).config;
  return {
    pretrained: undefined,
    config: {...size, contextLength},
    tokenizer: await tokenizerChoiceOf(model),
    stride: undefined,
  };
}
