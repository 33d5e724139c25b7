/** Which tensor of a file becomes which tensor of the model, as data: it can be shown while a model loads. */

import {withRemedy} from '../../math/remedy.js';
import {shorten} from '../../math/shorten.js';
import {classifierShapes} from '../../model/classifier-shapes.js';
import type {GPTConfig} from '../../model/config.js';
import {type NamedShape, parameterShapes, WeightsError} from '../../model/parameters.js';
import type {Dtype} from '../safetensors-header.js';
import type {TensorInfo} from '../safetensors-reader.js';

/**
 * What becomes of a tensor in a file:
 * - `loaded`: it is a tensor of the model;
 * - `tied`: a copy of `wte.weight`, which the head shares. It must hold the same numbers;
 * - `zero`: the qkv bias of a model that has none. It must hold zeros;
 * - `buffer`: the causal mask, which older files hold and no model learns.
 */
export type TensorUse = 'loaded' | 'tied' | 'zero' | 'buffer';

export interface MappedTensor {
  /** Its name in the file, e.g. `transformer.h.0.attn.c_attn.weight`. */
  file: string;
  /** Its name in the model, e.g. `h.0.attn.c_attn.weight`; of what is not loaded, the name that it would have. */
  model: string;
  shape: number[];
  dtype: Dtype;
  /** Bytes of its numbers in the file. */
  bytes: number;
  use: TensorUse;
}

export interface TensorMap {
  /** As in `config.json`, but without a qkv bias where the file holds none. */
  config: GPTConfig;
  /** In the order of the file's data. */
  tensors: MappedTensor[];
}

const PREFIX = 'transformer.';
const HEAD = 'lm_head.weight';
const BUFFER = /^h\.\d+\.attn\.(bias|masked_bias)$/;
const QKV_BIAS = /^h\.\d+\.attn\.c_attn\.bias$/;
/** How many names stand in an error before “and … more”. */
const NAMED = 6;

/**
 * Maps a file's tensors to the model's.
 * @param config From `config.json`.
 * @param classes Rows of the head of a classifier.
 * @throws {WeightsError} naming the tensors that are missing, unexpected or of another shape
 */
export function mapTensors(
  config: GPTConfig,
  infos: ReadonlyMap<string, TensorInfo>,
  classes?: number,
): TensorMap {
  const named = Array.from(infos, ([file, {dtype, shape, bytes}]) => {
    const model = file.startsWith(PREFIX) ? file.slice(PREFIX.length) : file;
    return {file, model, shape, dtype, bytes};
  });
  const hasQkvBias = named.some(({model}) => QKV_BIAS.test(model));
  const actual: GPTConfig = {...config, qkvBias: config.qkvBias && hasQkvBias};
  const head = classes === undefined ? [] : classifierShapes(config, classes);
  const expected = new Map([...parameterShapes(actual), ...head]);
  const checked = new Map([
    ...parameterShapes({...config, qkvBias: true, tieWeights: false}), // with what must only be equal
    ...head,
  ]);
  const problems = new Problems();
  const seen = new Set<string>();
  const tensors: MappedTensor[] = [];
  for (const tensor of named) {
    const {file, model, shape} = tensor;
    const use = useOf(model, actual, expected);
    if (!use || seen.has(model)) problems.add('unexpected', file);
    else {
      const wanted = checked.get(model);
      if (wanted && wanted.join() !== shape.join())
        problems.add('misshapen', `${shorten(file)} is [${shape}] instead of [${wanted}]`);
      tensors.push({...tensor, use});
    }
    seen.add(model);
  }
  for (const name of expected.keys()) if (!seen.has(name)) problems.add('missing', name);
  problems.throwIfAny();
  return {config: actual, tensors};
}

function useOf(
  name: string,
  {tieWeights, qkvBias}: GPTConfig,
  expected: ReadonlyMap<NamedShape[0], NamedShape[1]>,
): TensorUse | undefined {
  if (expected.has(name)) return 'loaded';
  if (BUFFER.test(name)) return 'buffer';
  if (name === HEAD && tieWeights) return 'tied';
  if (!qkvBias && QKV_BIAS.test(name)) return 'zero';
  return undefined;
}

const TITLES = {
  missing: 'Missing: ',
  unexpected: 'Unexpected: ',
  misshapen: 'Of another shape: ',
};

/** Collects all that is wrong, so that one error can name it. */
class Problems {
  readonly #names: Record<keyof typeof TITLES, string[]> = {missing: [], unexpected: [], misshapen: []};

  add(kind: keyof typeof TITLES, name: string): void {
    this.#names[kind].push(kind === 'misshapen' ? name : shorten(name));
  }

  throwIfAny(): void {
    const parts = Object.entries(this.#names)
      .filter(([, names]) => names.length > 0)
      .map(([kind, names]) => {
        const rest = names.length - NAMED;
        const more = rest > 0 ? ` and ${rest} more` : '';
        return `${TITLES[kind as keyof typeof TITLES]}${names.slice(0, NAMED).join(', ')}${more}.`;
      });
    if (parts.length > 0)
      throw withRemedy(
        new WeightsError(
          `The weights are not those of the model that config.json describes. ${parts.join(' ')}`,
        ),
        'Check that both files come from the same model.',
      );
  }
}
