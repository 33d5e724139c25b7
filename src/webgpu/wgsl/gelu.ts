/**
 * GELU in its tanh form, as GPT-2 has it: gelu(x) = ½ x (1 + tanh u), u = √(2/π) (x + 0.044715 x³). Since ½ (1 + tanh u) is the logistic
 * function σ(2u), one exponential does it: gelu(x) = x σ(2u), with the derivative σ + 2 x σ (1 − σ) √(2/π) (1 + 3 · 0.044715 x²).
 * 2u is kept within ±30, where σ is 0 or 1 to the last bit: some drivers return NaN far out.
 */
export const GELU = `
const ROOT_2_OVER_PI = 0.7978845608028654;
fn geluGate(x: vec4f) -> vec4f {
  let u = ROOT_2_OVER_PI * (x + 0.044715 * x * x * x);
  return 1.0 / (1.0 + exp(clamp(-2.0 * u, vec4f(-30.0), vec4f(30.0))));
}
fn gelu(x: vec4f) -> vec4f { return x * geluGate(x); }
struct Gelu { value: vec4f, slope: vec4f }
/** Both from one exponential. */
fn geluAndSlope(x: vec4f) -> Gelu {
  let gate = geluGate(x);
  let value = x * gate;
  return Gelu(value, gate + 2.0 * value * (1.0 - gate) * ROOT_2_OVER_PI * (1.0 + 0.134145 * x * x));
}`;
