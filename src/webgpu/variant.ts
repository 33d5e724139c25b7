/**
 * Which of the ways to compute the same thing a device gets. Adapters that compute on the CPU run a workgroup's threads one after another, so
 * that barriers cost much and shared memory saves nothing; graphics cards are the other way round.
 */
import type {HeadSpread} from './wgsl/head-spread.js';
import type {Tile} from './wgsl/matrix-product.js';
import type {RowTeam} from './wgsl/row-team.js';
import type {Stored} from './wgsl/stored.js';

export interface Variant {
  /** Of matrix products. */
  tile: Tile;
  /** How the activations that forward saves for backward are stored. */
  stored: Stored;
  /** Of layer norm and cross-entropy. */
  team: RowTeam;
  /** Queries (backward: or keys) that a thread of attention works on side by side. */
  queries: number;
  /** How a head's rows are spread over threads in attention. */
  heads: HeadSpread;
  /** Threads that share an output's sum when decoding. */
  slices: number;
  /** Threads of a head's workgroup when decoding. */
  headThreads: number;
  /** Widest model whose layer norms are computed by the layers before them. */
  fuseNormUpTo: number;
}

/** For adapters that compute on the CPU, some threads at once: exchanging registers is then free, and loads are what costs. */
const CPU_QUADS = {
  stored: 'f32',
  team: 'thread',
  queries: 2,
  heads: 'exchanged',
  slices: 1,
  headThreads: 16,
  fuseNormUpTo: Number.POSITIVE_INFINITY,
} as const;

export const VARIANTS = {
  cpu: {
    tile: 'registers',
    stored: 'f32',
    team: 'thread',
    queries: 2,
    heads: 'alone',
    slices: 1,
    headThreads: 16,
    fuseNormUpTo: Number.POSITIVE_INFINITY,
  },
  cpuQuads: {...CPU_QUADS, tile: 'wide quads'},
  cpuSmallQuads: {...CPU_QUADS, tile: 'small quads'},
  gpu: {
    tile: 'workgroup',
    stored: 'f32',
    team: 'workgroup',
    queries: 1,
    heads: 'split',
    slices: 8,
    headThreads: 64,
    fuseNormUpTo: 128,
  },
  quads: {
    tile: 'quads',
    stored: 'f32',
    team: 'workgroup',
    queries: 1,
    heads: 'split',
    slices: 8,
    headThreads: 64,
    fuseNormUpTo: 128,
  },
} as const satisfies Record<string, Variant>;

/** Whether the adapter computes on the CPU, from what it says of itself. */
export function isSoftware(device: GPUDevice): boolean {
  const info: Partial<GPUAdapterInfo> = device.adapterInfo ?? {}; // browsers have it since 2025
  const named = `${info.architecture} ${info.description}`;
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(named);
}

/**
 * Widest model whose products are soon done on a CPU, so that the tile that compiles soonest is best. On SwiftShader a plan for such a
 * model is ready in 0.8 s instead of 3 to 5 s, and its steps take no longer.
 */
const SOON_DONE_WIDTH = 128;

/** The usual variant for a device and a model's width, without measuring (see measure-variants.ts). */
export function variantFor(device: GPUDevice, embDim = Number.POSITIVE_INFINITY): Variant {
  if (isSoftware(device) && device.features.has('subgroups'))
    return embDim <= SOON_DONE_WIDTH ? VARIANTS.cpuSmallQuads : VARIANTS.cpuQuads;
  if (isSoftware(device)) return VARIANTS.cpu;
  return device.features.has('subgroups') ? VARIANTS.gpu : {...VARIANTS.gpu, heads: 'alone'};
}
