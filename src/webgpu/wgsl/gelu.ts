/**
 * GELU in its tanh form, as GPT-2 has it: gelu(x) = ½ x (1 + tanh u), u = √(2/π) (x + 0.044715 x³),
 * and its derivative ½ (1 + tanh u) + ½ x (1 − tanh² u) √(2/π) (1 + 3 · 0.044715 x²).
 * u is kept within ±15, where tanh is ±1 to the last bit: some drivers return NaN far out.
 */
export const GELU = `
const ROOT_2_OVER_PI = 0.7978845608028654;
fn geluTanh(x: vec4f) -> vec4f {
  return tanh(clamp(ROOT_2_OVER_PI * (x + 0.044715 * x * x * x), vec4f(-15.0), vec4f(15.0)));
}
fn gelu(x: vec4f) -> vec4f { return 0.5 * x * (1.0 + geluTanh(x)); }
struct Gelu { value: vec4f, slope: vec4f }
/** Both from one tanh. */
fn geluAndSlope(x: vec4f) -> Gelu {
  let t = geluTanh(x);
  let half = 0.5 * (1.0 + t);
  return Gelu(x * half, half + 0.5 * x * (1.0 - t * t) * ROOT_2_OVER_PI * (1.0 + 0.134145 * x * x));
}`;
