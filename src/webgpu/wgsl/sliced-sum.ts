/**
 * A vector times a matrix gives each output one long sum. A workgroup of 64 threads computes 64 / slices outputs; the threads of an output
 * take every slices-th term and then add up. One slice: no barrier, for adapters that compute on the CPU.
 */
export const SLICE_THREADS = 64;

/** WGSL: `sliced(value, local)`: the sum over the slices of this thread's output; all threads of the workgroup must call it. */
export function slicedSum(slices: number): string {
  if (slices === 1) return 'fn sliced(value: vec4f, local: u32) -> vec4f { return value; }';
  const outputs = SLICE_THREADS / slices;
  return `
var<workgroup> parts: array<vec4f, ${SLICE_THREADS}>;
fn sliced(value: vec4f, local: u32) -> vec4f {
  parts[local] = value;
  workgroupBarrier();
  var sum = vec4f();
  for (var slice = 0u; slice < ${slices}u; slice++) { sum += parts[slice * ${outputs}u + local % ${outputs}u]; }
  return sum;
}`;
}

/** WGSL: which output and which slice a thread has. */
export const slicePlace = (slices: number): string => `
  let output = workgroup.x * ${SLICE_THREADS / slices}u + local % ${SLICE_THREADS / slices}u;
  let slice = local / ${SLICE_THREADS / slices}u;`;

export const sliceGroups = (slices: number, outputs: number): [number, number, number] => [
  Math.ceil((outputs * slices) / SLICE_THREADS),
  1,
  1,
];
