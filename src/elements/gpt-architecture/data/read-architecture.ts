import type {Intervention, LensReading} from '../../../engine/protocol.js';
import type {LiveModel} from '../../../state/live-model.js';
import {type ArchitectureData, OVERVIEW, type StreamGuesses} from './architecture-data.js';
import {interventionFor, partsIn} from './switches.js';

/** Candidates for the next token that are shown. */
export const GUESSES = 8;

/**
 * Reads a forward pass for the overview.
 * @param off parts to switch off, separated by spaces
 */
export async function readArchitecture(
  model: LiveModel,
  ids: readonly number[],
  off: string,
  signal: AbortSignal,
): Promise<ArchitectureData> {
  const config = model.config!;
  const parts = partsIn(off, config);
  const interventions = parts.map(interventionFor);
  const options = interventions.length > 0 ? {interventions} : undefined;
  const [trace, readings] = await Promise.all([
    model.trace({ids: [...ids], want: [...OVERVIEW], options, signal}),
    readStream(model, ids, interventions, signal),
  ]);
  return {
    config,
    tokens: ids.map((id) => model.tokenizer!.token(id)),
    ids,
    trace,
    stream: readings,
    off: parts,
    step: model.step,
  };
}

async function readStream(
  model: LiveModel,
  ids: readonly number[],
  interventions: readonly Intervention[],
  signal: AbortSignal,
): Promise<StreamGuesses[]> {
  const token = (id: number): string => model.tokenizer!.token(id);
  const request = {ids: [...ids], count: GUESSES, signal};
  const usual = await model.lens(request);
  if (interventions.length === 0)
    return usual.map(({at, likeliest}) => ({
      at,
      guesses: likeliest.map((row) => row.map((guess) => ({...guess, token: token(guess.id)}))),
    }));
  // Before and after are compared for the tokens that are likely in either.
  const likelyBefore = likelyIds(usual);
  const changed = await model.lens({...request, targets: likelyBefore, interventions});
  const targets = [...new Set([...likelyBefore, ...likelyIds(changed)])];
  const [before, after] = await Promise.all([
    model.lens({...request, targets}),
    model.lens({...request, targets, interventions}),
  ]);
  return after.map(({at, likeliest, targets: probabilities}, point) => ({
    at,
    guesses: likeliest.map((row, t) => {
      const old = before[point]!;
      const shown = new Set(
        [...row.slice(0, GUESSES - 2), ...old.likeliest[t]!.slice(0, 2), ...row].map(({id}) => id),
      );
      return [...shown]
        .slice(0, GUESSES)
        .map((id) => {
          const index = targets.indexOf(id);
          const [probability, previous] = [probabilities[t]![index]!, old.targets[t]![index]!];
          return {id, token: token(id), probability, before: previous};
        })
        .sort((a, b) => b.probability - a.probability);
    }),
  }));
}

const likelyIds = (readings: readonly LensReading[]): number[] => [
  ...new Set(readings.flatMap(({likeliest}) => likeliest.flat().map(({id}) => id))),
];
