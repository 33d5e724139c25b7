/** Answers of a model that were recorded earlier, for a page to show before its own engine runs. */
import type {
  EvalFact,
  GeneratedToken,
  LensReading,
  LogitAttribution,
  ModelFacts,
  ModelSpec,
  NamedTensor,
  PassReading,
  SampleFact,
  StepFact,
  WeightReading,
} from '../engine/protocol.js';
import {decodeF16, fromF16, toF16} from '../math/float16.js';

/** What can be recorded, by the method of a live model that asks for it. */
export interface RecordedAnswers {
  trace: Record<string, NamedTensor>;
  weights: Record<string, NamedTensor>;
  generate: GeneratedToken[];
  attribution: LogitAttribution;
  lens: LensReading[];
  pass: PassReading;
  classify: number[][];
  inspect: WeightReading;
}

/** A record as it is written: the model that answered, and its answers by what was asked (record-key.ts). */
export interface ModelRecord {
  /** An answer is valid for a model of this spec alone. */
  spec: ModelSpec;
  /** As `open` gave them. A page may keep them in a record of their own, which several others complete. */
  facts?: ModelFacts;
  answers: Record<string, RecordedAnswers[keyof RecordedAnswers]>;
  run?: RecordedRun;
}

/** A run that was recorded earlier; its speed says nothing about the reader's machine. */
export interface RecordedRun {
  steps: Omit<StepFact, 'tokensPerSecond' | 'secondsLeft'>[];
  evals: EvalFact[];
  samples: SampleFact[];
}

/** Returns a record as JSON. Each number is kept to 5e-5 or better. */
export const writeRecord = (record: ModelRecord): string =>
  JSON.stringify(record, (_, value) => (value instanceof Float32Array ? packed(value) : value));

/** Reads what {@link writeRecord} wrote. */
export const readRecord = (json: string): ModelRecord =>
  JSON.parse(json, (_, value) => (isPacked(value) ? unpacked(value) : value)) as ModelRecord;

/**
 * Numbers as base64, little-endian: float16 where that loses nothing, as of the weights that ship; parts of a small range, as
 * of probabilities; else float32.
 */
interface Packed {
  float32?: string;
  float16?: string;
  /** Parts of 65535 on the way from `low` to `high`. */
  uint16?: string;
  low?: number;
  high?: number;
}

const PARTS = 0xffff;
/** A range whose parts are at most 1e-4 apart: each number is kept to 5e-5. */
const SMALL_RANGE = 6.5;

const isPacked = (value: unknown): value is Packed =>
  typeof value === 'object' &&
  value !== null &&
  ('float32' in value || 'float16' in value || 'uint16' in value);

function packed(values: Float32Array): Packed {
  const halves = Uint16Array.from(values, toF16);
  if (values.every((value, i) => Object.is(fromF16(halves[i]!), value))) return {float16: toBase64(halves)};
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const range = high - low;
  if (!(range <= SMALL_RANGE)) return {float32: toBase64(values)}; // also where a number is not finite
  const parts = Uint16Array.from(values, (value) => Math.round((PARTS * (value - low)) / (range || 1)));
  return {uint16: toBase64(parts), low, high};
}

function unpacked({float16, uint16, float32 = '', low = 0, high = 0}: Packed): Float32Array {
  if (uint16 !== undefined)
    return Float32Array.from(
      new Uint16Array(fromBase64(uint16)),
      (part) => low + ((high - low) * part) / PARTS,
    );
  if (float16 === undefined) return new Float32Array(fromBase64(float32));
  const halves = new Uint16Array(fromBase64(float16));
  const floats = new Float32Array(halves.length);
  decodeF16(halves, floats);
  return floats;
}

function toBase64({buffer, byteOffset, byteLength}: ArrayBufferView): string {
  let binary = '';
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

const fromBase64 = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer;
