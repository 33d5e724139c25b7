/**
 * Files with random damage, and what must become of them: an error that is typed, or a model that is right. Every damage is a
 * function of its number, so that one that was found can be repeated.
 */
import {zipSync} from 'fflate';
import {key, uniformStream} from '../../math/rng.js';
import {ConfigError, normalizeConfig} from '../../model/config.js';
import {parameterLayout, type Slot, WeightsError} from '../../model/parameters.js';
import {fromTokenizerJson, toTokenizerJson, toVocabAndMerges} from '../../tokenizers/bpe/files.js';
import {CharTokenizer} from '../../tokenizers/char.js';
import {TokenizerSpecError} from '../../tokenizers/tokenizer.js';
import {UnknownTokenError} from '../../tokenizers/unknown-token.js';
import {WordTokenizer} from '../../tokenizers/word.js';
import {toWordLevelJson} from '../../tokenizers/word-level-files.js';
import {type ByteSource, SourceError} from '../byte-source.js';
import {bytesOfFile} from '../file-to-write.js';
import {HuggingFaceError} from '../hugging-face/error.js';
import {openFolder} from '../hugging-face/open-folder.js';
import {readTokenizer} from '../hugging-face/tokenizer-files.js';
import {openCheckpoint} from '../open-checkpoint.js';
import {readSafetensors, SafetensorsError} from '../safetensors.js';
import {SafetensorsReader} from '../safetensors-reader.js';
import {type SavedRun, trainingFile} from '../training-file.js';
import {ZipError} from '../zip/error.js';
import {openZip} from '../zip/open-zip.js';
import {GOLDEN_FOLDERS, weightsOf} from './golden-folders.js';

const TYPED = [
  ...[SafetensorsError, SourceError, HuggingFaceError, ConfigError, WeightsError],
  ...[TokenizerSpecError, UnknownTokenError, ZipError],
];

export type Outcome = 'refused' | 'loaded';
type Draw = (below: number) => number;

/** @throws the error of `work`, where it is none of the types that a reader of this library expects */
async function outcome(work: () => Promise<void>): Promise<Outcome> {
  try {
    await work();
    return 'loaded';
  } catch (error) {
    if (!TYPED.some((type) => error instanceof type)) throw error;
    if ((error as Error).message.length > 2000) throw new Error('The message is too long to be read.');
    return 'refused';
  }
}

function drawing(seed: number): Draw {
  const next = uniformStream(key(seed, 1414));
  return (below) => Math.floor(next() * below);
}

const assert = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

const NUMBERS = [0, 1, 2, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** Damages bytes in one to three places. `within`: most of the damage is done in that many first or last bytes. */
function damage(bytes: Uint8Array, draw: Draw, within = bytes.length): Uint8Array {
  let list = Array.from(bytes);
  for (let left = 1 + draw(3); left > 0; left--) {
    const span = draw(4) > 0 ? Math.min(Math.abs(within), list.length) : list.length;
    const at = (within < 0 ? list.length - span : 0) + draw(span + 1);
    const kind = draw(7);
    if (kind === 0) list[at] = (list[at] ?? 0) ^ (1 << draw(8));
    else if (kind === 1) list[at] = draw(256);
    else if (kind === 2) list.splice(at, 1 + draw(12));
    else if (kind === 3) list.splice(at, 0, ...list.slice(at, at + 1 + draw(20)));
    else if (kind === 4) list = list.slice(0, draw(2) ? at : draw(list.length + 1));
    else if (kind === 5) {
      const number = NUMBERS[draw(NUMBERS.length)]!;
      for (let i = 0; i < 4; i++) list[at + i] = (number >>> (8 * i)) & 0xff;
    } else list.push(...Array.from({length: draw(40)}, () => draw(256)));
  }
  return Uint8Array.from(list, (byte) => byte ?? 0);
}

const VALUES = ['-1', '0', '1', '0.5', '1e999', '-1e308', '9007199254740993', '4294967296', '1048577', 'null', 'true', 'false', '""', '"x"', '[]', '{}', '[[[]]]', '{"__proto__":1}', 'NaN']; // biome-ignore format: one line

/** Damages a text of JSON: mostly a value is replaced by another, so that it often stays JSON. */
function damageJson(text: string, draw: Draw): string {
  const damaged = new TextDecoder();
  if (draw(4) === 0) return damaged.decode(damage(new TextEncoder().encode(text), draw));
  let result = text;
  for (let left = 1 + draw(3); left > 0; left--) {
    const values = [...result.matchAll(/-?\d[\d.e+-]*|"[^"]*"|true|false|null/g)];
    const value = values[draw(values.length)];
    if (!value) continue;
    const other = draw(2) ? VALUES[draw(VALUES.length)]! : values[draw(values.length)]![0];
    result = result.slice(0, value.index) + other + result.slice(value.index + value[0].length);
  }
  return result;
}

/** A source that is never asked for bytes that it does not have, nor for more than a slice. */
function guarded(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (begin, end) => {
      assert(begin >= 0 && begin <= end && end <= bytes.length, `bytes ${begin} to ${end} were asked for`);
      return bytes.subarray(begin, end);
    },
  };
}

const bytesOfFolder = (files: ReadonlyMap<string, ByteSource>): Promise<[string, Uint8Array][]> =>
  Promise.all(Array.from(files, async ([name, file]) => [name, await file.read(0, file.size)]));

const same = (a: ReadonlyMap<string, Float32Array>, b: ReadonlyMap<string, Float32Array>): boolean =>
  a.size === b.size &&
  [...a].every(([name, data]) => {
    const other = b.get(name);
    return other?.length === data.length && data.every((value, i) => Object.is(value, other[i]));
  });

/** Damages a safetensors file, mostly in its header. The two readers must agree on what it holds. */
async function tryWeights(seed: number): Promise<Outcome> {
  const draw = drawing(seed);
  const folder = GOLDEN_FOLDERS[draw(GOLDEN_FOLDERS.length)]!;
  const names = [...folder.files.keys()].filter((name) => name.endsWith('.safetensors'));
  const file = folder.files.get(names[draw(names.length)]!)!;
  const whole = await file.read(0, file.size);
  const header = 8 + Number(new DataView(whole.buffer, whole.byteOffset).getBigUint64(0, true));
  const bytes = damage(whole, draw, draw(3) ? header : 8);
  return outcome(async () => {
    const reader = await SafetensorsReader.open(guarded(bytes));
    const read = new Map<string, Float32Array>();
    const into = (_: string, shape: readonly number[]) => {
      const size = shape.reduce((product, length) => product * length, 1);
      assert(2 * size <= bytes.length, `an array of ${size} numbers for a file of ${bytes.length} bytes`);
      return new Float32Array(size);
    };
    for await (const {name, data} of reader.read({into})) read.set(name, data);
    const expected = Array.from(readSafetensors(bytes).tensors, ([name, {data}]) => [name, data] as const);
    assert(same(read, new Map(expected)), 'the two readers do not agree');
  });
}

/** Damages a config.json, or an index of shards. What loads holds the weights of the undamaged folder. */
async function tryConfig(seed: number): Promise<Outcome> {
  const draw = drawing(seed);
  const folder = GOLDEN_FOLDERS[draw(GOLDEN_FOLDERS.length)]!;
  const index = 'model.safetensors.index.json';
  const name = folder.files.has(index) && draw(2) ? index : 'config.json';
  const file = folder.files.get(name)!;
  const text = damageJson(new TextDecoder().decode(await file.read(0, file.size)), draw);
  const files = new Map([...folder.files, [name, guarded(new TextEncoder().encode(text))]]);
  return outcome(async () => {
    const opened = await openFolder(files);
    const original = await weightsOf(await openFolder(folder.files));
    assert(same(await weightsOf(opened), original), 'other weights were loaded');
  });
}

const TEXT = 'the cat sat on that mat. 1!';
let tokenizerFiles: Promise<[string, string][][]> | undefined;

/** Folders of a tokenizer's files, one of each kind. */
const tokenizers = (): Promise<[string, string][][]> =>
  (tokenizerFiles ??= (async () => {
    const file = GOLDEN_FOLDERS.find(({files}) => files.has('tokenizer.json'))!.files.get('tokenizer.json')!;
    const bpe = fromTokenizerJson(new TextDecoder().decode(await file.read(0, file.size)));
    const {vocab, merges} = toVocabAndMerges(bpe);
    return [
      [['tokenizer.json', toTokenizerJson(bpe)]],
      [['vocab.json', vocab], ['merges.txt', merges]],
      [['tokenizer.json', toWordLevelJson(CharTokenizer.fromText(TEXT))]],
      [['tokenizer.json', toWordLevelJson(WordTokenizer.fromText(TEXT))]],
    ]; // biome-ignore format: one a line
  })());

/** Damages a tokenizer's file. What loads can encode a text, into ids that it has. */
async function tryTokenizer(seed: number): Promise<Outcome> {
  const draw = drawing(seed);
  const kinds = await tokenizers();
  const files = kinds[draw(kinds.length)]!.map(([name, text]): [string, string] => [name, text]);
  const damaged = files[draw(files.length)]!;
  damaged[1] = damageJson(damaged[1], draw);
  return outcome(async () => {
    const sources = files.map(([name, text]) => [name, guarded(new TextEncoder().encode(text))] as const);
    const tokenizer = (await readTokenizer(new Map(sources)))!;
    const ids = tokenizer.encode(TEXT, {allowedSpecial: 'all'});
    assert(
      ids.every((id) => Number.isInteger(id) && id >= 0 && id < tokenizer.vocabSize),
      `the ids ${ids}`,
    );
    tokenizer.decode(ids);
  });
}

/** Damages a zip file of a folder, mostly its directory. What loads is the undamaged model: its checksums hold. */
async function tryZip(seed: number): Promise<Outcome> {
  const draw = drawing(seed);
  const folder = GOLDEN_FOLDERS[draw(GOLDEN_FOLDERS.length)]!;
  const whole = zipSync(Object.fromEntries(await bytesOfFolder(folder.files)), {
    level: draw(2) ? 0 : 6,
    mtime: new Date(2026, 0, 1),
  });
  const bytes = damage(whole, draw, draw(2) ? -100 * folder.files.size : whole.length);
  return outcome(async () => {
    const files = await openZip(guarded(bytes));
    for (const {size} of files.values())
      assert(size <= Math.max(2 ** 20, 100 * bytes.length), `a file of ${size} bytes in ${bytes.length}`);
    const opened = await openFolder(files);
    const original = await openFolder(folder.files);
    assert(same(await weightsOf(opened), await weightsOf(original)), 'other weights were loaded');
  });
}

let checkpointFile: Promise<Uint8Array> | undefined;

/** A file of a run that was saved here. */
const checkpoint = (): Promise<Uint8Array> =>
  (checkpointFile ??= (async () => {
    const tokenizer = CharTokenizer.fromText(TEXT);
    const {vocabSize} = tokenizer;
    const config = normalizeConfig({vocabSize, contextLength: 4, embDim: 4, nHeads: 1, nLayers: 1});
    const layout = parameterLayout(config);
    const run = {
      ...{corpus: {kind: 'text', text: TEXT}, seed: 1, step: 2, tokensSeen: 8, options: {}, changes: []},
      ...{history: {steps: [], evals: [], samples: []}, runId: 'a'},
    };
    const read = async (_: string, {offset, size}: Slot) =>
      Float32Array.from({length: size}, (_, i) => Math.sin(offset + i));
    const state = {
      config,
      tokenizer: tokenizer.spec,
      run: run as unknown as SavedRun,
      layout,
      learning: layout,
      read,
    };
    return bytesOfFile(trainingFile(state));
  })());

/** Reads all that a file of a run holds. */
async function readRunOf(bytes: Uint8Array): Promise<Map<string, Float32Array>> {
  const opened = await openCheckpoint(new Map([['a.safetensors', guarded(bytes)]]));
  const read = new Map<string, Float32Array>();
  for await (const {model, data} of opened.weights()) if (data) read.set(model, data);
  const layout = parameterLayout(opened.config);
  for (const name of ['m', 'v'] as const) {
    const numbers = await opened.run?.arena(name, layout);
    if (numbers) read.set(name, numbers);
  }
  opened.tokenizer.encode(opened.tokenizer.decode([0, 1]));
  return read;
}

/** Damages a file of a run: its bytes, or what its header says of configuration, tokenizer and run. What loads fits together. */
async function tryCheckpoint(seed: number): Promise<Outcome> {
  const draw = drawing(seed);
  const whole = await checkpoint();
  const end = 8 + Number(new DataView(whole.buffer).getBigUint64(0, true));
  let bytes = damage(whole, draw, end);
  if (draw(3) > 0) {
    const header = JSON.parse(new TextDecoder().decode(whole.subarray(8, end)));
    const key = ['config', 'tokenizer', 'run'][draw(3)]!;
    header.__metadata__[key] = damageJson(header.__metadata__[key], draw);
    const text = new TextEncoder().encode(JSON.stringify(header));
    bytes = new Uint8Array(8 + text.length + whole.length - end);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    bytes.set(whole.subarray(end), 8 + text.length);
  }
  return outcome(async () => {
    const numbers = [...(await readRunOf(bytes)).values()].reduce((sum, {length}) => sum + length, 0);
    assert(4 * numbers <= 2 * bytes.length, `${numbers} numbers from ${bytes.length} bytes`);
  });
}

export const MUTATIONS = {
  weights: tryWeights,
  checkpoint: tryCheckpoint,
  config: tryConfig,
  tokenizer: tryTokenizer,
  zip: tryZip,
} as const;
