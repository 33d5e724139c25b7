/**
 * The end of the backward pass: three sums that many places of a batch contribute to, each in a fixed order, in one dispatch.
 *   dwte[id]  += Σ of dx[n] over the places n where id stands
 *   dwpe[t]    = Σ over sequences of dx[b, t]
 *   dγ, dβ     = Σ over chunks of the layer norms' partial sums
 * The places of each id are listed on the CPU when the batch is uploaded (see segments.ts), so that the work depends on the batch's size and
 * not on the vocabulary's, and nothing is added atomically. dwte is added to: it is 0 before, or, where the head shares the matrix, has
 * the head's gradient. Where the gradient has several buffers there is a dispatch for each, which sees to the tokens, positions and norms there.
 * Shapes: dx [N, C], order [N] (places, segment after segment), segmentIds [S], segmentStarts [S + 1], gradient: a buffer of it,
 * partials [norms, chunks, 2, C] (each norm's at a multiple of normStride4 vectors), normOffsets [norms, 2].
 * Memory: reads 2 NC, writes SC + TC.
 */
import {defineKernel, type Kernel} from '../kernel.js';

const THREADS = 64;

/** The offset of a norm's parameter that is not trained, or lies in another buffer: its sum goes nowhere. */
export const NOWHERE = 0xffffffff;

export const embeddingBackward: Kernel = defineKernel({
  name: 'embedding backward',
  sizes: [
    'width4',
    'length',
    'batch',
    'wteOffset4',
    'firstToken',
    'tokens',
    'wpeOffset4',
    'segmentGroups',
    'positionGroups',
    'norms',
    'chunks',
    'normStride4',
    'orderOffset',
    'idsOffset',
    'startsOffset',
  ],
  buffers: {
    places: 'read u32',
    dx: 'read vec4f',
    partials: 'read vec4f',
    normOffsets: 'read u32',
    gradient: 'write vec4f',
  },
  body: `
fn put(at: u32, sum: vec4f) {
  if (step.accumulate == 1u) { gradient[at] += sum; } else { gradient[at] = sum; }
}
fn tokens(thread: u32) {
  let segment = thread / size.width4;
  let c = thread % size.width4;
  if (segment >= step.segments) { return; }
  let row = places[size.idsOffset + segment] - size.firstToken; // a token before the first becomes a huge number
  if (row >= size.tokens) { return; }
  let end = places[size.startsOffset + segment + 1u];
  var sum = vec4f();
  for (var i = places[size.startsOffset + segment]; i < end; i++) {
    sum += dx[places[size.orderOffset + i] * size.width4 + c];
  }
  gradient[size.wteOffset4 + row * size.width4 + c] += sum;
}
fn positions(thread: u32) {
  if (thread >= size.length * size.width4) { return; }
  var sum = vec4f();
  for (var b = 0u; b < size.batch; b++) { sum += dx[b * size.length * size.width4 + thread]; }
  put(size.wpeOffset4 + thread, sum);
}
fn norms(thread: u32) {
  let each = 2u * size.width4;
  let norm = thread / each;
  let c = thread % each;
  if (norm >= size.norms) { return; }
  var sum = vec4f();
  for (var chunk = 0u; chunk < size.chunks; chunk++) { sum += partials[norm * size.normStride4 + chunk * each + c]; }
  let part = c / size.width4; // 0: γ, 1: β
  let offset = normOffsets[2u * norm + part];
  if (offset != ${NOWHERE}u) { put(offset + c % size.width4, sum); }
}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  let group = workgroup.x;
  if (group < size.segmentGroups) { tokens(group * ${THREADS}u + local); }
  else if (group < size.segmentGroups + size.positionGroups) { positions((group - size.segmentGroups) * ${THREADS}u + local); }
  else { norms((group - size.segmentGroups - size.positionGroups) * ${THREADS}u + local); }
}`,
});

/** Workgroups. @param most segments that a batch can have: the smaller of N and V */
export function embeddingBackwardGroups(shape: {most: number; width: number; length: number; norms: number}) {
  const groupsFor = (vectors: number) => Math.ceil(vectors / THREADS);
  const segmentGroups = groupsFor((shape.most * shape.width) / 4);
  const positionGroups = groupsFor((shape.length * shape.width) / 4);
  const normGroups = groupsFor((shape.norms * 2 * shape.width) / 4);
  const groups: [number, number, number] = [segmentGroups + positionGroups + normGroups, 1, 1];
  return {segmentGroups, positionGroups, groups};
}
