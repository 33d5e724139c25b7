/**
 * The numbers in the course's prose: computed from the library, or read from recorded results, when the site is built. What only the trained
 * model can tell is typed in and compared with it: scripts/site/claims/claims.ts.
 */
import defaultModel from '../../docs/results/default-model.json';
import spamRuns from '../../docs/results/spam.json';
import {tinyTales} from '../../src/data/tiny-tales/index.js';
import {GPT_CONFIG_124M} from '../../src/model/config.js';
import {countParameters} from '../../src/model/parameters.js';
import {DEFAULT_PRESET, PRESETS} from '../../src/model/presets.js';
import {DEFAULT_TRAINING} from '../../src/training/options.js';
import {RECOMMENDED_TRAINING} from '../../src/training/recommended.js';

const tales = tinyTales();
const characters = [...tales.text];
const vocabulary = new Set(characters);

export const corpus = {
  text: tales.text,
  tales: tales.text.trimEnd().split('\n'),
  characters: characters.length,
  vocabSize: vocabulary.size,
  /** What a model that knows nothing loses at each guess. */
  atFirst: Math.log(vocabulary.size),
  floor: tales.entropyPerCharacter!,
};

export const model = {...PRESETS[DEFAULT_PRESET].config, vocabSize: corpus.vocabSize};
export const parameters = countParameters(model);
export const training = {...DEFAULT_TRAINING, ...RECOMMENDED_TRAINING[DEFAULT_PRESET]};

/** The trained model of the course. */
export const reader = {
  ...defaultModel.settings.config,
  vocabSize: defaultModel.facts.vocabSize,
  parameters: defaultModel.facts.parameters,
  /** How many tales it has read. */
  tales: defaultModel.settings.text.tales,
};

const {count, whole, silenced} = defaultModel.pronouns;
const worst = silenced.reduce((a, b) => (b.right < a.right ? b : a));
/** How often the trained model tells “she” from “he”, as it is and without the head that matters most to it. */
export const pronouns = {
  tales: defaultModel.pronouns.tales,
  count,
  right: whole.right,
  rightWithout: worst.right,
};

/** Classifiers from the trained model and from random weights: on each kind of messages no run is worse or better, in percent. */
const spamRunsFrom = (start: string) => {
  const runs = spamRuns.filter((run) => run.start === start);
  const range = (kind: 'order' | 'meaning') => {
    const percents = runs.map((run) => 100 * run[kind]);
    return {least: Math.floor(Math.min(...percents)), most: Math.ceil(Math.max(...percents))};
  };
  return {runs: runs.length, order: range('order'), meaning: range('meaning')};
};
export const spam = {pretrained: spamRunsFrom('pretrained'), random: spamRunsFrom('random')};

/** GPT-2 “small” as OpenAI published it: tied weights, biases everywhere. */
export const gpt2 = {...GPT_CONFIG_124M, qkvBias: true, tieWeights: true};
export const gpt2Parameters = countParameters(gpt2);

/** Guesses that the default run makes. */
export const guesses = training.steps * training.batchSize * model.contextLength;

/** What a reader counts as words: letters in a row, or one mark. */
const wordsOf = (tale: string): string[] => tale.match(/\p{L}+|[^\s\p{L}]/gu) ?? [];
const readTales = corpus.tales.slice(0, Math.floor(0.9 * corpus.tales.length)).map(wordsOf);
const newTales = corpus.tales.slice(readTales.length).map(wordsOf);

/** Every run of `length` words that something follows. */
function* contexts(tales: string[][], length: number): Generator<[context: string, next: string]> {
  for (const words of tales)
    for (let i = length; i < words.length; i++) yield [words.slice(i - length, i).join(' '), words[i]!];
}

export interface CountedContext {
  /** How many words back the table looks. */
  length: number;
  /** Different contexts in nine tenths of the tales. */
  rows: number;
  /** Share of the places in the other tenth whose context is one of them. */
  known: number;
}

/** A table of everything that followed every context: how large, and how often of use on a tale that is new. */
export const countedContexts: CountedContext[] = [1, 2, 4, 8, 12].map((length) => {
  const rows = new Set([...contexts(readTales, length)].map(([context]) => context));
  const places = [...contexts(newTales, length)];
  return {
    length,
    rows: rows.size,
    known: places.filter(([context]) => rows.has(context)).length / places.length,
  };
});

/** What followed a word in the tales that are read, most often first. */
export function followers(word: string, most: number): {word: string; count: number}[] {
  const counts = new Map<string, number>();
  for (const [context, next] of contexts(readTales, 1))
    if (context === word) counts.set(next, (counts.get(next) ?? 0) + 1);
  return [...counts]
    .map(([next, count]) => ({word: next, count}))
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}

/** 1.4567 → “1.46”. */
export const fixed = (value: number, places = 2): string => value.toFixed(places);

/** 1536000 → “1.5 million”, 61488 → “61 thousand”. */
export const about = (value: number): string =>
  value >= 1e6 ? `${fixed(value / 1e6, 1)} million` : `${Math.round(value / 1e3)} thousand`;

const NUMBERS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
export const inWords = (value: number): string => NUMBERS[value] ?? value.toLocaleString('en');
