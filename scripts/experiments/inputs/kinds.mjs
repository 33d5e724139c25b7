// The kinds of faults that input can reach. Each has its inputs, the same in every run, and says why one of them fails.
// `fault`: what once went wrong.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../../run.mjs';
import {choiceOf, numbersFrom, repeat, textOf} from './draw.mjs';
import {hang} from './hang.mjs';

const golden = (path) => JSON.parse(readFileSync(join(root, 'src', path), 'utf8'));

/** Why `error` is not what a reader should get: a typed error whose sentence can be read. */
const unfit = (error, ...names) => {
  if (!names.includes(error.name)) return `${error.name} instead of ${names[0]}`;
  return error.message.length > 2000 ? `a message of ${error.message.length} characters` : undefined;
};

// ── sampling ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const sampled = golden('math/golden/sampling.json').cases.flatMap(({logits, results}) =>
  results.map(({eligible, ...options}) => ({logits, options, eligible})),
);
const tied = ({logits}) => new Set(logits).size < logits.length;

function differsFromHuggingFace({candidates}, {logits, options, eligible}) {
  const found = candidates(Float32Array.from(logits), options).sort((a, b) => a.id - b.id);
  const ids = found.map(({id}) => id).join();
  const expected = eligible.map(([id]) => id).join();
  if (ids !== expected) return `tokens ${ids} instead of ${expected}`;
  const far = found.find(({probability}, i) => !(Math.abs(probability - eligible[i][1]) <= 1e-5));
  return far && `token ${far.id} with probability ${far.probability}`;
}

const MEANINGLESS = [
  Number.NaN,
  -1,
  -1e-40,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  '0.5',
  'x',
  {},
  [],
  true,
];
const meaningless = [
  ...MEANINGLESS.flatMap((value) => [{temperature: value}, {topK: value}, {topP: value}]),
  ...[0.5, 1.5, 2.000001, 1e300].map((topK) => ({topK})),
  ...[1 + 1e-9, 1.5, 2, 100, 1e40].map((topP) => ({topP})),
  ...[3.5e38, 1e40, 1e308].map((temperature) => ({temperature})),
  ...repeat(12, (draw) => ({temperature: -draw() * 10, topK: 3})),
];

// ── settings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The configuration that an input changes. */
const SMALL = {
  vocabSize: 65,
  contextLength: 16,
  embDim: 8,
  nHeads: 2,
  nLayers: 1,
  dropRate: 0,
  qkvBias: false,
  tieWeights: true,
};
const ODD = [
  Number.NaN,
  -1,
  0,
  0.5,
  1e5,
  3e5,
  1e12,
  1e300,
  Number.POSITIVE_INFINITY,
  '12',
  '',
  true,
  null,
  {},
  [],
];
const NUMBERS_OF_A_MODEL = ['vocabSize', 'contextLength', 'embDim', 'nHeads', 'nLayers', 'dropRate'];
const configs = [
  ...NUMBERS_OF_A_MODEL.flatMap((name) => ODD.map((value) => ({[name]: value}))),
  ...['toString', 'constructor', 'valueOf', 'hasOwnProperty', 'n_layer'].map((name) => ({[name]: 3})),
];

const EXTREMES = {
  beta1: [1, 0.99999999, 1 - 1e-12, 1.1, -0.1, Number.NaN],
  beta2: [1, 0.99999999, 1 - 1e-12, 1.1, -0.1, Number.NaN],
  epsilon: [0, 1e-46, 1e-300, -1e-8, Number.NaN, 1e40],
  learningRate: [1e39, 1e300, -1, Number.NaN],
  weightDecay: [1e39, 1e300, -1, Number.NaN],
  clipNorm: [1e39, 1e300, -1, Number.NaN],
  minLearningRateShare: [1e39, -1, Number.NaN],
};
const extremes = [
  ...Object.entries(EXTREMES).flatMap(([name, values]) => values.map((value) => ({[name]: value}))),
  ...repeat(24, (draw) => ({beta1: choiceOf(draw, [0.9, 1]), beta2: choiceOf(draw, [1, 1 - draw() * 1e-9])})),
];

/** A weight after five steps of AdamW, each operation rounded to float32. The gradient is 0 at first, as of a token that does not occur. */
function afterSteps({beta1, beta2, epsilon, learningRate, weightDecay, clipNorm}) {
  const f = Math.fround;
  let [weight, m, v] = [0.5, 0, 0];
  for (const [i, gradient] of [0, 0.1, 0, -3, 1e-4].entries()) {
    const step = i + 1;
    const clip = clipNorm > 0 ? Math.min(1, f(f(clipNorm) / f(Math.abs(gradient) + 1e-6))) : 1;
    const g = f(gradient * clip);
    m = f(f(m * f(beta1)) + f(g * f(1 - f(beta1))));
    v = f(f(v * f(beta2)) + f(f(g * g) * f(1 - f(beta2))));
    const denominator = f(f(Math.sqrt(f(v * f(1 / (1 - beta2 ** step))))) + f(epsilon));
    const update = f(f(m / denominator) * f(learningRate / (1 - beta1 ** step)));
    weight = f(f(weight - f(weight * f(learningRate * weightDecay))) - update);
  }
  return weight;
}

// ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const edges = golden('tokenizers/golden/tiktoken-edges.json');
const strings = Object.keys(edges.ids).flatMap((encoding) =>
  edges.strings.map((text, i) => ({encoding, text, ids: edges.ids[encoding][i]})),
);

const ALPHABETS = ['a', 'ab', 'aeinorst', 'ACGT', 'éü', '世界人'];
const longPieces = repeat(50, (draw, i) => ({
  encoding: choiceOf(draw, ['gpt2', 'cl100k_base', 'o200k_base']),
  text: textOf(draw, ALPHABETS[i % ALPHABETS.length], 800 + Math.floor(draw() * 1200)),
}));

async function hangs({loadTiktoken}, {encoding, text}) {
  const tokenizer = await loadTiktoken(encoding);
  tokenizer.encode('warm up');
  return hang(() => tokenizer.encode(text));
}

let files;
/** GPT-2's two files of a small tokenizer, and what it makes of a text. */
async function trained({trainBPE, toVocabAndMerges}) {
  const text = golden('tokenizers/golden/bpe.json').corpus;
  files ??= trainBPE(text, {merges: 120}).then((tokenizer) => ({
    ...toVocabAndMerges(tokenizer),
    text,
    ids: tokenizer.encode(text).join(),
  }));
  return files;
}

// ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const LENGTHS = [1e3, 1e4, 1e5, 1e6, 1.6e7];
const PLACES = [
  'name',
  'dtype',
  'shape',
  'offsets',
  'metadata',
  'key',
  'twice',
  'not JSON',
  'a text',
  'a list',
];
const headers = PLACES.flatMap((place) => LENGTHS.map((length) => ({place, length})));

const HEADERS = {
  name: (long) => ({[long]: {dtype: 'F32', shape: [2], data_offsets: [0, 4]}}),
  dtype: (long) => ({w: {dtype: long, shape: [1], data_offsets: [0, 4]}}),
  shape: (long) => ({w: {dtype: 'F32', shape: long, data_offsets: [0, 4]}}),
  offsets: (long) => ({w: {dtype: 'F32', shape: [1], data_offsets: long}}),
  metadata: (long) => ({__metadata__: {x: [long]}, w: {dtype: 'F32', shape: [1], data_offsets: [0, 4]}}),
  key: (long) => ({w: {[long]: 1}}),
  'not JSON': (long) => `{"${long}`,
  'a text': (long) => JSON.stringify(long),
  'a list': (long) => `[${'1,'.repeat(long.length / 2)}1]`,
  twice: (long) =>
    `{"${long}":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"${long}":{"dtype":"F32","shape":[9],"data_offsets":[0,4]}}`,
};

function safetensors({place, length}) {
  const header = HEADERS[place]('x'.repeat(length));
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + 4);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

// ── sums ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const SHAPES = ['equal', 'random', 'one large', 'growing'];
const sums = repeat(60, (draw, i) => ({
  shape: SHAPES[i % SHAPES.length],
  size: Math.round(10 ** (3 + 3.8 * draw())),
}));

export const KINDS = [
  {
    name: 'sampling settings at their edges',
    fault: 'with top-p 0, token 0 was drawn, with probability NaN',
    inputs: sampled.filter((input) => !tied(input)),
    failureOf: differsFromHuggingFace,
  },
  {
    name: 'sampling settings that mean nothing',
    fault: 'out of range, they were taken as they came',
    inputs: meaningless,
    failureOf({candidates}, options) {
      try {
        candidates(Float32Array.of(1, 2, 3), options);
      } catch (error) {
        return unfit(error, 'SamplingError');
      }
      return 'accepted';
    },
  },
  {
    name: 'gradients of many sizes (norm on wasm)',
    fault: 'full reductions added up millions of squares in float32',
    inputs: sums,
    async failureOf({globalNorm, tensor1d, tidy}, {shape, size}) {
      const numbers = numbersFrom(shape, size);
      let squares = 0;
      for (const x of numbers) squares += x * x;
      const norm = tidy(() => globalNorm(tensor1d(numbers)));
      const [value] = await norm.data();
      norm.dispose();
      const error = value / Math.sqrt(squares) - 1;
      return Math.abs(error) > 1e-5 ? `off by ${error.toExponential(1)}` : undefined;
    },
  },
  {
    name: 'logits with ties',
    fault: 'tied tokens were kept or dropped by the order of a sort',
    inputs: sampled.filter(tied),
    failureOf: differsFromHuggingFace,
  },
  {
    name: 'texts with letters of unusual case',
    fault: 'the pattern’s case folding was ASCII’s',
    inputs: strings,
    async failureOf({loadTiktoken}, {encoding, text, ids}) {
      const found = (await loadTiktoken(encoding)).encode(text).join();
      return found === ids.join() ? undefined : `[${found}] instead of [${ids}]`;
    },
  },
  {
    name: 'texts without a space',
    fault: 'merging was quadratic in the length of a piece',
    inputs: longPieces,
    failureOf: hangs,
  },
  {
    name: 'configurations',
    fault: 'lists as long as the number asked for were made before it was checked',
    inputs: configs,
    failureOf: ({normalizeConfig, parameterLayout}, input) =>
      hang(() => {
        try {
          const config = normalizeConfig(input, SMALL);
          parameterLayout(config);
          return typeof config.dropRate === 'number' ? undefined : 'accepted';
        } catch (error) {
          return unfit(error, 'ConfigError');
        }
      }),
  },
  {
    name: 'training settings',
    fault: 'a β or ε that float32 rounds to 1 or 0 turned the weights into NaN',
    inputs: extremes,
    failureOf({mergeTraining, DEFAULT_TRAINING}, input) {
      let options;
      try {
        options = mergeTraining(DEFAULT_TRAINING, input);
      } catch (error) {
        return unfit(error, 'ConfigError');
      }
      const weight = afterSteps(options);
      return Number.isFinite(weight) ? undefined : `accepted, and a weight becomes ${weight}`;
    },
  },
  {
    name: 'safetensors headers with long strings',
    fault: 'the sentence repeated the file’s strings, or was a RangeError',
    inputs: headers,
    failureOf({readSafetensors}, input) {
      try {
        readSafetensors(safetensors(input));
      } catch (error) {
        return unfit(error, 'SafetensorsError');
      }
      return undefined;
    },
  },
  {
    name: 'merges.txt cut short',
    fault: 'it loaded, with other ids',
    inputs: repeat(60, (draw) => ({share: draw()})),
    async failureOf(library, {share}) {
      const {vocab, merges, text, ids} = await trained(library);
      try {
        const tokenizer = library.fromVocabAndMerges(
          vocab,
          merges.slice(0, Math.floor(share * merges.length)),
        );
        return tokenizer.encode(text).join() === ids ? undefined : 'loads, with other ids';
      } catch (error) {
        return unfit(error, 'TokenizerSpecError');
      }
    },
  },
];
