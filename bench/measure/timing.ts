/** How times are taken. */

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Milliseconds until `work` is done. */
export async function timed(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Runs `work` while methods of WebGPU are replaced. */
export async function replacing<T>(
  methods: [type: string, method: string, stand: unknown][],
  work: () => T,
): Promise<Awaited<T>> {
  const types = globalThis as unknown as Record<string, {prototype: Record<string, unknown>}>;
  const originals = methods.map(([type, method]) => types[type]!.prototype[method]);
  for (const [type, method, stand] of methods) types[type]!.prototype[method] = stand;
  try {
    return await work();
  } finally {
    methods.forEach(([type, method], i) => {
      types[type]!.prototype[method] = originals[i];
    });
  }
}

/** Runs `work` while dispatches have no workgroups: what JavaScript and the browser take by themselves. */
export function withoutWork<T>(work: () => T): Promise<Awaited<T>> {
  const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
  const empty = function (this: GPUComputePassEncoder) {
    return dispatch.call(this, 0, 0, 0);
  };
  return replacing([['GPUComputePassEncoder', 'dispatchWorkgroups', empty]], work);
}
