/**
 * Dropout without stored masks: whether a value stays is a hash of (step's key, site, index), so that backward draws the mask of forward
 * again instead of reading it. The same whole numbers as `hash32` and `key` in math/rng.ts and `dropoutMask` in math/dropout-mask.ts:
 * one hash serves two neighbors, 16 bits each.
 */
export const DROPOUT = `
fn hash32(value: u32) -> u32 {
  var x = value;
  x = (x ^ (x >> 16u)) * 0x7feb352du;
  x = (x ^ (x >> 15u)) * 0x846ca68bu;
  return x ^ (x >> 16u);
}
/** key(step.dropKey, site) */
fn siteKey(site: u32) -> u32 {
  let h = hash32((0x9e3779b9u ^ step.dropKey) + 0x9e3779b9u);
  return hash32((h ^ site) + 0x9e3779b9u);
}
/** The factors, 0 or 1 / (1 − rate), of four neighbors; first is a multiple of 4. */
fn dropFactors(streamKey: u32, first: u32) -> vec4f {
  let a = hash32(streamKey ^ ((first + 1u) * 0x9e3779b1u));
  let b = hash32(streamKey ^ ((first + 3u) * 0x9e3779b1u));
  let bits = vec4u(a & 0xffffu, a >> 16u, b & 0xffffu, b >> 16u);
  return select(vec4f(), vec4f(step.dropKeep), bits >= vec4u(step.dropThreshold));
}
/** The factor of one value. */
fn dropFactor(streamKey: u32, index: u32) -> f32 {
  let pair = hash32(streamKey ^ (((index & 0xfffffffeu) + 1u) * 0x9e3779b1u));
  let bits = select(pair & 0xffffu, pair >> 16u, (index & 1u) == 1u);
  return select(0.0, step.dropKeep, bits >= step.dropThreshold);
}`;
