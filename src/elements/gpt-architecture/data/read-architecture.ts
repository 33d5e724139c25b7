import type {Intervention, LensReading} from '../../../engine/protocol.js';
import type {LiveModel} from '../../../state/live-model.js';
import {type ArchitectureData, type Guess, OVERVIEW, type StreamGuesses} from './architecture-data.js';
import {FOLLOWED, withFollowed} from './forming.js';
import {interventionFor, outputOf, partsIn, patchesIn, patchFor} from './switches.js';

/** Candidates for the next token that are shown. */
export const GUESSES = 8;

/** What the reader has changed in the model. */
export interface Changes {
  /** Parts to switch off, separated by spaces. */
  off: string;
  /** Parts to patch, separated by spaces. */
  patch: string;
  /** The text that patches are taken from. */
  patchText: string;
}

/**
 * Reads a forward pass for the overview.
 * @throws {Error} if the text to patch from has another number of tokens
 */
export async function readArchitecture(
  model: LiveModel,
  ids: readonly number[],
  {off, patch, patchText}: Changes,
  signal: AbortSignal,
): Promise<ArchitectureData> {
  const config = model.config!;
  const parts = partsIn(off, config);
  const patched = patchText ? patchesIn(patch, config).filter((part) => !parts.includes(part)) : [];
  const interventions = [
    ...parts.map(interventionFor),
    ...(await patchesFrom(model, patchText, patched, ids.length, signal)),
  ];
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
    patched,
    interventions,
    step: model.step,
  };
}

async function patchesFrom(
  model: LiveModel,
  text: string,
  parts: readonly string[],
  length: number,
  signal: AbortSignal,
): Promise<Intervention[]> {
  if (parts.length === 0) return [];
  const ids = model.encode(text);
  if (ids.length !== length)
    throw new Error(
      `The other text has ${ids.length} tokens and this one ${length}. To patch, make them equally long.`,
    );
  const trace = await model.trace({ids, want: parts.map(outputOf), signal});
  return parts.map((part) => patchFor(part, trace));
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
  if (interventions.length === 0) {
    const targets = followedIds(usual);
    const followed = await model.lens({...request, targets});
    return usual.map(({at, likeliest}, point) => ({
      at,
      guesses: likeliest.map((row, t) => {
        const guesses = row.map((guess) => ({...guess, token: token(guess.id)}));
        return withFollowed(
          guesses,
          finalOf(usual, t).map((id) => ({
            id,
            token: token(id),
            probability: followed[point]!.targets[t]![targets.indexOf(id)]!,
          })),
        );
      }),
    }));
  }
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
      const guess = (id: number): Guess => {
        const index = targets.indexOf(id);
        return {
          id,
          token: token(id),
          probability: probabilities[t]![index]!,
          before: old.targets[t]![index]!,
        };
      };
      return withFollowed(
        [...shown]
          .slice(0, GUESSES)
          .map(guess)
          .sort((a, b) => b.probability - a.probability),
        finalOf(after, t).map(guess),
      );
    }),
  }));
}

/** The candidates after a token that are followed through the stream. */
const finalOf = (readings: readonly LensReading[], t: number): number[] =>
  readings
    .at(-1)!
    .likeliest[t]!.slice(0, FOLLOWED)
    .map(({id}) => id);

const followedIds = (readings: readonly LensReading[]): number[] => [
  ...new Set(readings.at(-1)!.likeliest.flatMap((_, t) => finalOf(readings, t))),
];

const likelyIds = (readings: readonly LensReading[]): number[] => [
  ...new Set(readings.flatMap(({likeliest}) => likeliest.flat().map(({id}) => id))),
];
