/** What is read from the model only when the reader looks closer: one tensor with what it is computed from, or an attribution. */
import type {LogitAttribution, NamedTensor} from '../../../engine/protocol.js';
import type {LiveModel} from '../../../state/live-model.js';
import {inputsOf, parametersOf, sourceOf} from '../sources/sources.js';
import type {ArchitectureData} from './architecture-data.js';

/** A tensor and everything that its numbers are computed from. */
export interface TensorDetail {
  data: ArchitectureData;
  name: string;
  tensors: Readonly<Record<string, NamedTensor | undefined>>;
}

/** What each part adds to the logit of one candidate. */
export interface CandidateDetail {
  data: ArchitectureData;
  chosen: number;
  id: number;
  attribution: LogitAttribution;
}

/** Reads a tensor and its sources from the model; from given values, as much as they hold. */
export async function readTensor(
  model: LiveModel | undefined,
  data: ArchitectureData,
  name: string,
  signal: AbortSignal,
): Promise<TensorDetail> {
  const source = sourceOf(name, data.config);
  if (!model || !source) return {data, name, tensors: data.trace};
  const {interventions = []} = data;
  const want = [name, ...inputsOf(source.rule)];
  const parameters = parametersOf(source.rule);
  const [trace, weights] = await Promise.all([
    model.trace({
      ids: [...data.ids],
      want,
      options: interventions.length > 0 ? {interventions} : undefined,
      signal,
    }),
    parameters.length > 0 ? model.weights(parameters) : new Map<string, NamedTensor>(),
  ]);
  return {data, name, tensors: {...trace, ...Object.fromEntries(weights)}};
}

/** Reads the direct logit attribution of a candidate after the chosen token. */
export async function readCandidate(
  model: LiveModel,
  data: ArchitectureData,
  chosen: number,
  id: number,
  signal: AbortSignal,
): Promise<CandidateDetail> {
  const {interventions = []} = data;
  const attribution = await model.attribution({
    ids: [...data.ids],
    targets: [id],
    position: chosen,
    ...(interventions.length > 0 && {interventions}),
    signal,
  });
  return {data, chosen, id, attribution};
}
