/**
 * What a compute kernel is here: a WGSL body, the storage buffers it reads and writes, and the whole numbers that fix its shapes.
 * Sizes are uniforms, not constants in the text, so that every layer (and every batch size) shares one compiled pipeline.
 */
import {STEP_STRUCT} from './step-values.js';

export type Access = 'read' | 'read_write';

export interface BufferBinding {
  name: string;
  /** The WGSL element type, e.g. `vec4f`. */
  element: string;
  access: Access;
}

/** How a kernel uses a buffer, and the WGSL type of its elements: `read vec4f`; `write` may read as well. */
export type BufferType = `${'read' | 'write'} ${string}`;

export interface Kernel {
  /** For labels, errors and counts. */
  name: string;
  /** Names of the u32 fields of `size`, in order. */
  sizes: readonly string[];
  /** In binding order. WebGPU promises every device 8 storage buffers a kernel, so no kernel has more. */
  buffers: readonly BufferBinding[];
  /** The whole module. Two kernels with the same text share a pipeline. */
  code: string;
}

/** Bindings 0 and 1 are uniforms that every kernel has: `size`, its shapes, and `step`, what changes from step to step. */
export const SIZE_BINDING = 0;
export const STEP_BINDING = 1;
export const FIRST_BUFFER_BINDING = 2;

/** Most whole numbers a kernel may have as sizes. */
export const MAX_SIZES = 16;

/**
 * Describes a kernel.
 * @param spec.buffers by the names that the body knows them by
 * @param spec.body WGSL with `fn main`; it sees `size.<name>`, `step.<name>` and the buffers by name
 */
export function defineKernel(spec: {
  name: string;
  sizes: readonly string[];
  buffers: Record<string, BufferType>;
  body: string;
  /** WGSL directives. */
  enable?: string;
}): Kernel {
  const buffers = Object.entries(spec.buffers).map(([name, type]): BufferBinding => {
    const [access, element] = type.split(' ') as ['read' | 'write', string];
    return {name, element, access: access === 'read' ? 'read' : 'read_write'};
  });
  const declarations = buffers.map(
    ({name, element, access}, i) =>
      `@group(0) @binding(${i + FIRST_BUFFER_BINDING}) var<storage, ${access}> ${name}: array<${element}>;`,
  );
  const code = `${spec.enable ?? ''}
// ${spec.name}
struct Size { ${spec.sizes.map((size) => `${size}: u32`).join(', ')} }
${STEP_STRUCT}
@group(0) @binding(${SIZE_BINDING}) var<uniform> size: Size;
@group(0) @binding(${STEP_BINDING}) var<uniform> step: Step;
${declarations.join('\n')}
${spec.body}`;
  return {name: spec.name, sizes: spec.sizes, buffers, code};
}

/** Joins what `line` writes for 0 … count − 1: WGSL has no way to unroll a loop by itself. */
export function unroll(count: number, line: (i: number) => string): string {
  return Array.from({length: count}, (_, i) => line(i)).join('\n  ');
}
