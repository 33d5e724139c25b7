/** Models that ship trained: one file each, beside the worker, fetched when such a model is first opened. */
import {readSafetensors} from '../../checkpoint/safetensors.js';
import {fetchWithin, readParts} from '../../math/within.js';
import {type GPTConfig, normalizeConfig} from '../../model/config.js';
import type {NamedTensor} from '../../model/named-tensor.js';
import type {PretrainedName} from '../../model/presets.js';
import type {TokenizerSpec} from '../../tokenizers/tokenizer.js';
import type {TrainingOptions} from '../../training/options.js';
import {pretrainedFiles} from '../assets.js';
import {EngineError} from '../errors.js';

export interface PretrainedModel {
  config: GPTConfig;
  tokenizer: TokenizerSpec;
  weights: Map<string, NamedTensor>;
  /** The settings that it was trained with. */
  training: Partial<TrainingOptions>;
}

/**
 * Fetches a model that ships with the library. Kept by nobody but the browser's cache.
 * @param onProgress Bytes that have arrived, and in all (0 where the server does not say).
 * @throws {EngineError} `weights` where the file cannot be fetched, or is not what it should be.
 */
export async function loadPretrained(
  name: PretrainedName,
  onProgress: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<PretrainedModel> {
  const url = pretrainedFiles[name]();
  const bytes = await fetchBytes(url, onProgress, signal).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new EngineError(
      'weights',
      `The trained model could not be loaded from ${url} (${(cause as Error).message}). Check the connection and try again. A ` +
        'page with a content security policy must allow that address in connect-src.',
      {cause},
    );
  });
  try {
    const {tensors, metadata} = readSafetensors(bytes);
    const json = (key: string) => JSON.parse(metadata.get(key) ?? 'null');
    return {
      config: normalizeConfig(json('config')),
      tokenizer: json('tokenizer'),
      weights: tensors,
      training: json('training'),
    };
  } catch (cause) {
    throw new EngineError(
      'weights',
      `What came from ${url} is not the trained model: ${(cause as Error).message} Does the server send another page in its place?`,
      {cause},
    );
  }
}

async function fetchBytes(
  url: URL,
  onProgress: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const response = await fetchWithin(url, {signal});
  if (!response.ok || !response.body) throw new Error(`HTTP status ${response.status}`);
  // The length of a compressed response is not that of what comes out of it.
  const isPlain = !response.headers.get('content-encoding');
  const total = isPlain ? Number(response.headers.get('content-length')) : 0;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  for await (const part of readParts(response.body)) {
    chunks.push(part);
    onProgress((done += part.length), total);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
