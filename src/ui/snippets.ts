// Written by scripts/snippets.mjs from the regions in the source. Do not edit.
export const SNIPPETS = {
  "adamw": {
    file: "src/training/adamw.ts",
    code: "const clip = clipNorm > 0 ? minimum(1, div(clipNorm, add(norm, 1e-6))) : scalar(1);\nconst g = mul(gradient, clip);\n// each tidy frees what only led to its result: an arena is as large as the model\nconst nextM = tidy(() => add(mul(m, beta1), mul(g, 1 - beta1)));\nconst nextV = tidy(() => add(mul(v, beta2), mul(square(g), 1 - beta2)));\nconst update = tidy(() => {\n  // bias correction: m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)\n  const denominator = add(sqrt(mul(nextV, 1 / (1 - beta2 ** step))), epsilon);\n  return mul(div(nextM, denominator), learningRate / (1 - beta1 ** step));\n});\n// decoupled decay: weights shrink by themselves, not through the gradient\nconst shrunk = tidy(() => sub(theta, mul(mul(theta, decayMask), learningRate * weightDecay)));",
  },
  "attention": {
    file: "src/model/attention.ts",
    code: "const bias = config.qkvBias ? weights('attn.c_attn.bias') : undefined;\nconst qkv = linear(x, weights('attn.c_attn.weight'), bias); // [B, T, 3C]\n// The last axis holds q, k and v, each with its H heads of D: one transposition brings all heads to the front.\nconst heads = transpose(reshape(qkv, [B, T, 3 * H, D]), [0, 2, 1, 3]); // [B, 3H, T, D]\nconst [q, k, v] = split(heads, 3, 1) as [Tensor, Tensor, Tensor]; // [B, H, T, D] each\n\nconst scores = mul(matMul(q, k, false, true), 1 / Math.sqrt(D)); // [B, H, T, T]\nconst masked = add(scores, mask);\nconst probs = softmax(masked);\nconst dropped = dropout(probs, drop, DROPOUT_SITE.attention(layer));\nconst context = reshape(transpose(matMul(dropped, v), [0, 2, 1, 3]), [B, T, C]); // the heads side by side\nconst out = linear(context, weights('attn.c_proj.weight'), weights('attn.c_proj.bias')); // [B, T, C]",
  },
  "cross-entropy": {
    file: "src/model/loss.ts",
    code: "const shifted = sub(x, max(x, 1, true)); // [N, V]: no exponent above 0\nconst exponents = exp(shifted);\nconst total = sum(exponents, 1, true); // [N, 1]\nconst probs = div(exponents, total);\nconst places = Int32Array.from(labels, (label, n) => n * V + Math.max(0, label));\nconst truth = gather(reshape(shifted, [-1]), tensor1d(places, 'int32')); // [N]: the right token's shifted logit\nconst surprise = sub(reshape(log(total), [-1]), truth); // [N]: −log p(label)",
  },
  "embedding": {
    file: "src/model/gpt.ts",
    code: "const token = tokenEmbedding(weights('wte.weight'), tokens); // [B, T, C]: row `id` of wte\nconst learned = positionEmbedding(weights('wpe.weight'), tokens.length); // [T, C]: the first T rows of wpe\nconst position = positions ? learned : zerosLike(learned);\nconst embedded = add(token, position); // [B, T, C]",
  },
  "generate": {
    file: "src/training/generate.ts",
    code: "/**\n * Writes on, one token at a time: read the last `contextLength` tokens, score every possible next one, draw, append.\n * Stop it by leaving the loop.\n * @param withWeights lends the weights for one pass (inside a tidy): a model that trains meanwhile is read as it is now\n */\nexport async function* generate(\n  withWeights: () => Weights,\n  config: GPTConfig,\n  prompt: ArrayLike<number>,\n  {maxNewTokens, seed = 0, ...sampling}: GenerationOptions,\n): AsyncGenerator<GeneratedToken> {\n  const ids = Array.from(prompt);\n  for (let n = 0; n < maxNewTokens; n++) {\n    const logits = await nextLogits(withWeights, config, ids.slice(-config.contextLength));\n    const list = candidates(logits, sampling);\n    const token = choose(list, uniformAt(key(seed), n));\n    ids.push(token.id);\n    yield {...token, candidates: list};\n  }\n}",
  },
  "sampling": {
    file: "src/training/sample.ts",
    code: "/**\n * The eligible tokens with their probabilities, likeliest first (ties: lower id first).\n * Order as in Hugging Face: temperature, then top-k, then top-p on what is left, renormalised.\n * @param logits [V], one for each token of the vocabulary\n */\nexport function candidates(\n  logits: Float32Array,\n  {temperature = 1, topK, topP = 1}: SamplingOptions = {},\n): TokenProbability[] {\n  const order = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);\n  if (temperature === 0) return [{id: order[0]!, probability: 1}];\n  const kept = topK && topK > 0 ? order.slice(0, topK) : order;\n  const largest = logits[kept[0]!]!;\n  const scores = kept.map((id) => Math.exp((logits[id]! - largest) / temperature));\n  const list = normalise(kept.map((id, i) => ({id, probability: scores[i]!})));\n  if (topP >= 1) return list;\n  let total = 0;\n  const nucleus = list.findIndex(({probability}) => (total += probability) >= topP);\n  return normalise(nucleus < 0 ? list : list.slice(0, nucleus + 1));\n}\n\nfunction normalise(list: TokenProbability[]): TokenProbability[] {\n  const total = list.reduce((sum, {probability}) => sum + probability, 0);\n  return list.map(({id, probability}) => ({id, probability: probability / total}));\n}",
  },
  "training-step": {
    file: "src/training/reference-stepper.ts",
    code: "const next = tidy(() => {\n  const {loss, gradient} = lossAndGradient(layout, theta, config, batch, dropout);\n  const norm = globalNorm(gradient);\n  const updated = adamW({theta, m, v}, gradient, norm, decay, step, learningRate, options);\n  return {...updated, report: stack([loss, norm])};\n});",
  },
} as const satisfies Record<string, {file: string; code: string}>;

export type SnippetName = keyof typeof SNIPPETS;
