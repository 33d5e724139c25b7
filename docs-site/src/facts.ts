/** The numbers in the course's prose: computed from the library when the site is built, never typed in. */
import {tinyTales} from '../../src/data/tiny-tales/index.js';
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

/** Guesses that the default run makes. */
export const guesses = training.steps * training.batchSize * model.contextLength;

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
