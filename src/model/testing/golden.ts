/** Reads what `scripts/golden/gpt2.py` has computed with PyTorch. */
import type {GPTConfig} from '../config.js';
import tied from '../golden/tied.json';
import untied from '../golden/untied.json';
import type {NamedTensor} from '../named-tensor.js';
import {parameterLayout, writeArena} from '../parameters.js';

interface Packed {
  shape: number[];
  /** Little-endian float32 in base64. */
  data: string;
}

interface GoldenFile {
  config: GPTConfig;
  adamw: {
    learningRate: number;
    beta1: number;
    beta2: number;
    epsilon: number;
    weightDecay: number;
    clipNorm: number;
  };
  /** [steps][B][T] */
  ids: number[][][];
  labels: number[][][];
  weights: Record<string, Packed>;
  /** Of the first batch, as are loss, gradients, attentions and hidden states. */
  logits: Packed;
  loss: number;
  gradients: Record<string, Packed>;
  attentions: Packed[];
  hiddenStates: Packed[];
  trajectory: {losses: number[]; gradientNorms: number[]; final: Record<string, Packed>};
}

export type Golden = GoldenFile & {arena: Float32Array};

/** A model with a tied head and qkv bias, and one with neither. */
export const GOLDEN = {tied: prepare(tied), untied: prepare(untied)};

function prepare(file: GoldenFile): Golden {
  const layout = parameterLayout(file.config);
  const arena = new Float32Array(layout.length);
  writeArena(
    layout,
    arena,
    Object.entries(file.weights).map(([key, packed]) => [key, unpack(packed)]),
  );
  return {...file, arena};
}

export function unpack({shape, data}: Packed): NamedTensor {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  return {shape, data: new Float32Array(bytes.buffer)};
}

/** The golden batch of one step. */
export function goldenBatch({config, ids, labels}: Golden, step: number) {
  const flat = Int32Array.from(ids[step]!.flat());
  return {
    tokens: {ids: flat, batchSize: ids[step]!.length, length: config.contextLength},
    labels: Int32Array.from(labels[step]!.flat()),
  };
}

/** The largest difference between two lists of numbers. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i] === b[i] ? 0 : Math.abs(a[i]! - b[i]!); // equal infinities do not differ
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

export const largest = (list: ArrayLike<number>): number =>
  Array.from(list).reduce((max, x) => Math.max(max, Math.abs(x)), 0);
