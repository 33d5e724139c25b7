/** What the reader sees only when looking closer: one tensor with what it is computed from, or an attribution. */
import type {NamedTensor, PassOptions} from '../../../engine/protocol.js';
import type {LiveModel} from '../../../state/live-model.js';
import {visibleToken} from '../../../ui/base/format.js';
import {inputsOf, parametersOf, sourceOf} from '../sources/sources.js';
import type {ArchitectureData, Config} from './architecture-data.js';

/** A tensor and everything that its numbers are computed from. */
export interface TensorDetail {
  data: ArchitectureData;
  name: string;
  tensors: Readonly<Record<string, NamedTensor | undefined>>;
  /** The text of any token of the vocabulary, where it is known. */
  wordOf?: (id: number) => string;
}

/** What each part adds to the logit of one candidate. */
export interface CandidateDetail {
  data: ArchitectureData;
  id: number;
  attribution: NonNullable<ArchitectureData['attributed']>['attribution'];
  position: number;
}

/** Returns what has to be read for a tensor and all that its numbers are computed from. */
export function readFor(name: string, config: Config): {want: string[]; weights: string[]} {
  const source = sourceOf(name, config);
  return source
    ? {want: [name, ...inputsOf(source.rule)], weights: parametersOf(source.rule)}
    : {want: [], weights: []};
}

/**
 * Reads a tensor and its sources, where they were not read along with the overview; from given values, as much as they hold. Returns
 * undefined where the model has learned since: the next overview brings them along.
 */
export async function readTensor(
  model: LiveModel | undefined,
  data: ArchitectureData,
  name: string,
  signal: AbortSignal,
): Promise<TensorDetail | undefined> {
  const {want, weights} = readFor(name, data.config);
  const tokenizer = model?.tokenizer;
  const wordOf = tokenizer && ((id: number): string => visibleToken(tokenizer.token(id)));
  const known = {...data.trace, ...data.weights};
  if (!model || [...want, ...weights].every((one) => known[one])) return {data, name, tensors: known, wordOf};
  const reading = await readAlong(model, data, {want, weights}, signal);
  return reading && {data, name, tensors: {...reading.trace, ...reading.weights}, wordOf};
}

/** Reads the direct logit attribution of a candidate after a token, where it was not read along; as {@link readTensor}. */
export async function readCandidate(
  model: LiveModel,
  data: ArchitectureData,
  position: number,
  id: number,
  signal: AbortSignal,
): Promise<CandidateDetail | undefined> {
  const {attributed} = data;
  if (attributed?.position === position && attributed.attribution.targets.includes(id))
    return {data, position, id, attribution: attributed.attribution};
  const reading = await readAlong(model, data, {attributed: {position, targets: [id]}}, signal);
  return reading && {data, position, id, attribution: reading.attribution!};
}

async function readAlong(
  model: LiveModel,
  {ids, changes, step}: ArchitectureData,
  options: PassOptions,
  signal: AbortSignal,
) {
  const reading = await model.pass({ids: [...ids], ...options, ...changes, signal});
  return reading.step === step ? reading : undefined;
}
