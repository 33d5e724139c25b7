import type {LensReading, PassOptions, PassReading} from '../../../engine/protocol.js';
import type {LiveModel} from '../../../state/live-model.js';
import {tokenLabel} from '../../../tokenizers/token-label.js';
import {type ArchitectureData, type Guess, OVERVIEW, type StreamGuesses} from './architecture-data.js';
import {FOLLOWED, withFollowed} from './forming.js';
import {interventionFor, outputOf, partsIn, patchesIn} from './switches.js';

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

/** What is read along with the overview, so that all that is drawn together is of one step. */
export type Along = Pick<PassOptions, 'want' | 'weights' | 'attributed'>;

/**
 * Reads a forward pass for the overview.
 * @param along what is read with it
 * @throws {Error} if the text to patch from has another number of tokens
 */
export async function readArchitecture(
  model: LiveModel,
  ids: readonly number[],
  {off, patch, patchText}: Changes,
  signal: AbortSignal,
  along: () => Promise<Along> = async () => ({}),
): Promise<ArchitectureData> {
  const config = model.config!;
  const parts = partsIn(off, config);
  const patched = patchText ? patchesIn(patch, config).filter((part) => !parts.includes(part)) : [];
  const changes = {
    ...(parts.length > 0 && {interventions: parts.map(interventionFor)}),
    ...(patched.length > 0 && {patches: patchesFrom(model, patchText, patched, ids.length)}),
  };
  const {want = [], weights, attributed} = await along();
  const reading = await model.pass({
    ids: [...ids],
    want: [...new Set([...OVERVIEW, ...want])],
    lens: {count: GUESSES, followed: FOLLOWED},
    ...changes,
    ...(weights && {weights}),
    ...(attributed && {attributed}),
    signal,
  });
  const {attribution} = reading;
  const label = (id: number): string => tokenLabel(model.tokenizer!, id);
  return {
    config,
    tokens: ids.map(label),
    ids,
    trace: reading.trace,
    stream: streamOf(reading.lens!, label),
    off: parts,
    patched,
    changes,
    weights: reading.weights,
    attributed: attribution && attributed && {position: attributed.position, attribution},
    step: reading.step,
  };
}

function patchesFrom(
  model: LiveModel,
  text: string,
  parts: readonly string[],
  length: number,
): PassOptions['patches'] {
  const ids = model.encode(text);
  if (ids.length !== length)
    throw new Error(
      `The other text has ${ids.length} tokens and this one ${length}. To patch, make them equally long.`,
    );
  return {ids, places: parts.map(outputOf)};
}

/** Returns what would be predicted at each point of the stream; where something is changed, beside what was predicted before. */
function streamOf(
  {readings, before, targets}: NonNullable<PassReading['lens']>,
  token: (id: number) => string,
): StreamGuesses[] {
  return readings.map((reading, point) => {
    const old = before?.[point];
    return {
      at: reading.at,
      guesses: reading.likeliest.map((row, t) => {
        const guess = (id: number): Guess => {
          const index = targets.indexOf(id);
          return {
            id,
            token: token(id),
            probability: reading.targets[t]![index]!,
            ...(old && {before: old.targets[t]![index]!}),
          };
        };
        const followed = finalOf(readings, t).map(guess);
        if (!old)
          return withFollowed(
            row.map((one) => ({...one, token: token(one.id)})),
            followed,
          );
        const shown = new Set(
          [...row.slice(0, GUESSES - 2), ...old.likeliest[t]!.slice(0, 2), ...row].map(({id}) => id),
        );
        const guesses = [...shown].slice(0, GUESSES).map(guess);
        return withFollowed(
          guesses.sort((a, b) => b.probability - a.probability),
          followed,
        );
      }),
    };
  });
}

/** The candidates after a token that are followed through the stream. */
const finalOf = (readings: readonly LensReading[], t: number): number[] =>
  readings
    .at(-1)!
    .likeliest[t]!.slice(0, FOLLOWED)
    .map(({id}) => id);
