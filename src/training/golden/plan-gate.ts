// Made by scripts/golden/plan_gate.py with PyTorch 2.13.0+cpu, float64.
/** Mean cross-entropy of the batch. */
export const LOSS = 10.2204282;
/** Of each parameter's gradient: its projection on a wave, which any wrong, moved or missing entry changes, and its norm. */
export const GRADIENT: Readonly<Record<string, readonly [projection: number, norm: number]>> = {
  'wte.weight': [-0.1686276, 7.9854002],
  'wpe.weight': [0.2787718, 7.1105761],
  'h.0.ln_1.weight': [0.0606675, 0.498415],
  'h.0.ln_1.bias': [0.0085734, 1.8027506],
  'h.0.attn.c_attn.weight': [0.1799043, 4.9149246],
  'h.0.attn.c_attn.bias': [0.3855956, 1.6683837],
  'h.0.attn.c_proj.weight': [0.0051826, 3.1089679],
  'h.0.attn.c_proj.bias': [0.0400328, 2.1611096],
  'h.0.ln_2.weight': [-0.123753, 0.977987],
  'h.0.ln_2.bias': [-0.0352964, 0.7009777],
  'h.0.mlp.c_fc.weight': [0.2476224, 15.2809122],
  'h.0.mlp.c_fc.bias': [0.2954457, 1.4148389],
  'h.0.mlp.c_proj.weight': [-0.0031671, 0.5888049],
  'h.0.mlp.c_proj.bias': [0.0639304, 0.3198831],
  'ln_f.weight': [0.2521616, 1.1478712],
  'ln_f.bias': [0.1963347, 0.9701561],
};
/** By the length of the prompt, the ten likeliest next tokens with their probabilities. */
export const LIKELIEST: Readonly<Record<number, readonly (readonly [id: number, probability: number])[]>> = {
  5: [
    [8, 0.1011817],
    [62, 0.0988177],
    [31, 0.0979244],
    [39, 0.0945441],
    [54, 0.0933584],
    [16, 0.0891117],
    [0, 0.0657726],
    [23, 0.0581926],
    [47, 0.0524942],
    [46, 0.0507656],
  ],
  20: [
    [47, 0.1053396],
    [24, 0.1026081],
    [1, 0.0983826],
    [16, 0.0941845],
    [39, 0.0878247],
    [62, 0.0806347],
    [55, 0.07038],
    [32, 0.0623769],
    [9, 0.0544671],
    [8, 0.0485164],
  ],
};
