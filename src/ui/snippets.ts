// Written by scripts/snippets.mjs from the regions in the source. Do not edit.
export const SNIPPETS = {
  "adamw": {
    file: "src/training/adamw.ts",
    code: "const clip = clipNorm > 0 ? minimum(1, div(clipNorm, add(norm, 1e-6))) : scalar(1);\nconst g = mul(gradient, clip);\n// each tidy frees what only led to its result: an arena is as large as the model\nconst nextM = tidy(() => add(mul(m, beta1), mul(g, 1 - beta1)));\nconst nextV = tidy(() => add(mul(v, beta2), mul(square(g), 1 - beta2)));\nconst update = tidy(() => {\n  // bias correction: m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)\n  const denominator = add(sqrt(mul(nextV, 1 / (1 - beta2 ** step))), epsilon);\n  return mul(div(nextM, denominator), learningRate / (1 - beta1 ** step));\n});\n// decoupled decay: weights shrink by themselves, not through the gradient\nconst shrunk = tidy(() => sub(theta, mul(mul(theta, decayMask), learningRate * weightDecay)));",
  },
  "attention": {
    file: "src/model/attention.ts",
    code: "const bias = config.qkvBias ? weights('attn.c_attn.bias') : undefined;\nconst qkv = linear(x, weights('attn.c_attn.weight'), bias); // [B, T, 3C]\n// The last axis holds q, k and v, each with its H heads of D: one transposition brings all heads to the front.\nconst heads = transpose(reshape(qkv, [B, T, 3 * H, D]), [0, 2, 1, 3]); // [B, 3H, T, D]\nconst [q, k, v] = split(heads, 3, 1) as [Tensor, Tensor, Tensor]; // [B, H, T, D] each\n\nconst scores = mul(matMul(q, k, false, true), 1 / Math.sqrt(D)); // [B, H, T, T]\nconst masked = add(scores, mask);\nconst probs = softmax(masked);\nconst dropped = dropout(probs, drop, DROPOUT_SITE.attention(layer));\nconst found = silence(matMul(dropped, v), ablated); // [B, H, T, D]\nconst context = reshape(transpose(found, [0, 2, 1, 3]), [B, T, C]); // the heads side by side\nconst out = linear(context, weights('attn.c_proj.weight'), weights('attn.c_proj.bias')); // [B, T, C]",
  },
  "batch": {
    file: "src/data/batches.ts",
    code: "/** Cuts windows out of the text. */\nexport function cutWindows(\n  tokens: Int32Array,\n  starts: ArrayLike<number>,\n  contextLength: number,\n): LabelledBatch {\n  const ids = new Int32Array(starts.length * contextLength);\n  const labels = new Int32Array(ids.length);\n  for (let row = 0; row < starts.length; row++) {\n    const {input, target} = windowAt(tokens, starts[row]!, contextLength);\n    ids.set(input, row * contextLength);\n    labels.set(target, row * contextLength);\n  }\n  return {tokens: {ids, batchSize: starts.length, length: contextLength}, labels};\n}\n\n/**\n * All windows, shuffled anew each epoch, as one endless sequence of which step s takes the s-th B.\n * Window p of that sequence is a pure function of (seed, p).\n */\nexport class ShuffledWindows {\n  /** Shuffling is work: the order of the epoch last asked for is kept. */\n  private epoch = -1;\n  private order: Uint32Array = new Uint32Array();\n\n  constructor(\n    private readonly starts: Uint32Array,\n    private readonly seed: number,\n  ) {}\n\n  /** The windows as a training run with this seed draws them. */\n  static ofRun(starts: Uint32Array, seed: number): ShuffledWindows {\n    return new ShuffledWindows(starts, key(seed, BATCH_STREAM));\n  }\n\n  /** The starts of a step's windows. @param step counted from 0 */\n  startsAt(step: number, batchSize: number): number[] {\n    return Array.from({length: batchSize}, (_, i) => this.startAt(step * batchSize + i));\n  }\n\n  /** Where the window at this place of the sequence begins. */\n  startAt(place: number): number {\n    const windows = this.starts.length;\n    const epoch = Math.floor(place / windows);\n    if (epoch !== this.epoch) {\n      this.order = permutation(windows, key(this.seed, epoch));\n      this.epoch = epoch;\n    }\n    return this.starts[this.order[place % windows]!]!;\n  }\n}",
  },
  "bpe-trainer": {
    file: "src/tokenizers/bpe/trainer.ts",
    code: "/** Merges the most frequent pair. Undefined where no pair is frequent enough any more. */\nstep(): Merge | undefined {\n  const pair = this.#queue.pop();\n  if (!pair || pair.count < this.#minFrequency) return undefined;\n  const {first, second, count} = pair;\n  const id = this.#idOf(first, second);\n  this.#replace(pair, id);\n  return {first, second, id, count, tokens: this.tokens};\n}\n\n/** Makes one token of the pair wherever it stands, from left to right: “aaa” becomes aa a. */\n#replace(pair: Pair, id: number): void {\n  const {first, second, places} = pair;\n  if (first === second) places.sort((a, b) => a - b); // a token made in two ways adds its places later\n  const symbols = this.#symbols;\n  const next = this.#next;\n  const previous = this.#previous;\n  const grown = new Set<Pair>();\n  for (const place of places) {\n    const right = next[place]!;\n    if (symbols[place] !== first || right === NONE || symbols[right] !== second) continue; // not any more\n    const weight = this.#weights[place]!;\n    const before = previous[place]!;\n    const after = next[right]!;\n    if (before !== NONE) {\n      this.#remove(symbols[before]!, first, weight);\n      grown.add(this.#add(symbols[before]!, id, weight, before));\n    }\n    if (after !== NONE) {\n      this.#remove(second, symbols[after]!, weight);\n      grown.add(this.#add(id, symbols[after]!, weight, place));\n      previous[after] = place;\n    }\n    symbols[place] = id;\n    symbols[right] = NONE;\n    next[place] = after;\n    this.tokens -= weight;\n  }\n  this.#pairs.delete(first * KEY_SHIFT + second);\n  pair.count = 0;\n  for (const other of grown) if (other.count > 0) this.#queue.push(other);\n}",
  },
  "byte-pair-encoding": {
    file: "src/tokenizers/bpe/tokenizer.ts",
    code: "#encodePiece(piece: string): readonly number[] {\n  const known = this.#cache.get(piece);\n  if (known) return known;\n  const bytes = this.#encoder.encode(piece); // UTF-8\n  const ids = Array.from(bytes, (byte) => this.#byteIds[byte] ?? this.#refuse(piece));\n  const merged = applyMerges(ids, this.#merges); // the lowest rank first, until no pair has one\n  if (piece.length <= CACHED_LENGTH && this.#cache.size < CACHED_PIECES) this.#cache.set(piece, merged);\n  return merged;\n}",
  },
  "collate": {
    file: "src/data/collate.ts",
    code: "/** @throws {RangeError} where there is no example, or one is empty. */\nexport function collate(\n  examples: readonly Example[],\n  {endId, padId = endId, contextLength = Number.POSITIVE_INFINITY}: CollateOptions,\n): PaddedBatch {\n  if (!examples.length || examples.some(({ids}) => ids.length === 0))\n    throw new RangeError('A batch needs at least one example, and every example at least one token.');\n  const lengths = Int32Array.from(examples, ({ids}) => Math.min(ids.length, contextLength)); // [B]\n  const T = Math.max(...lengths);\n  const ids = new Int32Array(examples.length * T).fill(padId); // [B, T]\n  const labels = new Int32Array(ids.length).fill(IGNORE_INDEX); // [B, T]\n  for (const [row, example] of examples.entries())\n    for (let t = 0; t < lengths[row]!; t++) {\n      ids[row * T + t] = example.ids[t]!;\n      const next = t + 1;\n      if (next >= (example.given ?? 0)) labels[row * T + t] = example.ids[next] ?? endId;\n    }\n  return {tokens: {ids, batchSize: examples.length, length: T}, labels, lengths};\n}",
  },
  "cosine": {
    file: "src/math/neighbours.ts",
    code: "let [product, squaresA, squaresB] = [0, 0, 0];\nfor (let i = 0; i < a.length; i++) {\n  product += a[i]! * b[i]!;\n  squaresA += a[i]! ** 2;\n  squaresB += b[i]! ** 2;\n}\nconst lengths = Math.sqrt(squaresA * squaresB);\nreturn lengths > 0 ? product / lengths : 0;",
  },
  "cross-entropy": {
    file: "src/model/loss.ts",
    code: "const shifted = sub(x, max(x, 1, true)); // [N, V]: no exponent above 0\nconst exponents = exp(shifted);\nconst total = sum(exponents, 1, true); // [N, 1]\nconst probs = div(exponents, total);\nconst places = Int32Array.from(labels, (label, n) => n * V + Math.max(0, label));\nconst truth = gather(reshape(shifted, [-1]), tensor1d(places, 'int32')); // [N]: the right token's shifted logit\nconst surprise = sub(reshape(log(total), [-1]), truth); // [N]: −log p(label)",
  },
  "drop-weights": {
    file: "src/math/attention.ts",
    code: "/**\n * Dropout on attention weights (Srivastava et al. 2014): each is dropped with probability `rate`, and what is kept grows by\n * 1/(1 − rate), so that the expected sum of a row stays 1.\n * @param keep [T, T]: whether a weight is kept\n */\nexport function dropWeights(\n  weights: Matrix,\n  keep: readonly (readonly boolean[])[],\n  rate: number,\n): number[][] {\n  return weights.map((row, i) => Array.from(row, (weight, j) => (keep[i]![j] ? weight / (1 - rate) : 0)));\n}",
  },
  "embedding": {
    file: "src/model/gpt.ts",
    code: "const token = tokenEmbedding(weights('wte.weight'), tokens); // [B, T, C]: row `id` of wte\nconst learned = positionEmbedding(weights('wpe.weight'), tokens.length); // [T, C]: the first T rows of wpe\nconst position = positions ? learned : zerosLike(learned);\nconst embedded = add(token, position); // [B, T, C]",
  },
  "generate": {
    file: "src/training/generate.ts",
    code: "/**\n * Writes on, one token at a time: read the last `contextLength` tokens, score every possible next one, draw, append.\n * Stop it by leaving the loop.\n * @param withWeights lends the weights for one pass (inside a tidy): a model that trains meanwhile is read as it is now\n */\nexport async function* generate(\n  withWeights: () => Weights,\n  config: GPTConfig,\n  prompt: ArrayLike<number>,\n  {maxNewTokens, seed = 0, candidates: listed = MOST_CANDIDATES, ...sampling}: GenerationOptions,\n): AsyncGenerator<GeneratedToken> {\n  const ids = Array.from(prompt);\n  for (let n = 0; n < maxNewTokens; n++) {\n    const logits = await nextLogits(withWeights, config, ids.slice(-config.contextLength));\n    const list = candidates(logits, sampling);\n    const token = choose(list, uniformAt(key(seed), n));\n    ids.push(token.id);\n    yield {...token, candidates: list.slice(0, Math.min(listed, MOST_CANDIDATES))};\n  }\n}",
  },
  "mask-after": {
    file: "src/math/attention.ts",
    code: "/** The other way: take finished shares, strike out the future, and scale what is left to sum to 1 again. [T, T] */\nexport function renormalisePast(weights: Matrix): number[][] {\n  return weights.map((row, query) => {\n    const kept = Array.from(row, (weight, key) => (key > query ? 0 : weight));\n    const total = kept.reduce((sum, weight) => sum + weight, 0);\n    return kept.map((weight) => weight / total);\n  });\n}",
  },
  "mask-before": {
    file: "src/math/attention.ts",
    code: "/** −∞ at every key that comes after its query: e^−∞ is 0, so the softmax leaves the future out. [T, T] */\nexport function maskFuture(scores: Matrix): number[][] {\n  return scores.map((row, query) => Array.from(row, (score, key) => (key > query ? -Infinity : score)));\n}",
  },
  "merge-steps": {
    file: "src/tokenizers/merge-steps.ts",
    code: "/**\n * The merges of a piece, in the order in which they are made.\n * @param piece The piece's UTF-8 bytes.\n */\nexport function mergeSteps(piece: ByteString, rankOf: MergeRank): MergeStep[] {\n  const parts = [...piece];\n  const rankAt = (i: number): number =>\n    i >= 0 && i + 1 < parts.length ? (rankOf(parts[i]!, parts[i + 1]!) ?? Infinity) : Infinity;\n  const ranks = parts.map((_, i) => rankAt(i)); // ranks[i]: joining part i with the next one\n  const steps: MergeStep[] = [];\n  for (;;) {\n    let at = 0;\n    for (let i = 1; i < ranks.length; i++) if (ranks[i]! < ranks[at]!) at = i;\n    const rank = ranks[at] ?? Infinity;\n    if (rank === Infinity) return steps;\n    const [left, right] = [parts[at]!, parts[at + 1]!];\n    steps.push({at, left, right, rank});\n    parts.splice(at, 2, left + right);\n    ranks.splice(at, 2, rankAt(at));\n    if (at > 0) ranks[at - 1] = rankAt(at - 1);\n  }\n}",
  },
  "pca": {
    file: "src/math/pca.ts",
    code: "let basis = orthonormal([...like, ...randomVectors(followed, width)].slice(0, followed)); // b vectors of [C]\nlet eigenvalues: number[] = basis.map(() => 0);\nfor (let round = 0; round < MOST_ROUNDS; round++) {\n  const projected = basis.map((axis) => timesVector(centred, rows, width, axis)); // X·q: b of [N]\n  const {values, vectors} = symmetricEigen(projected.map((a) => projected.map((b) => dot(a, b)))); // [b, b]\n  const turned = vectors.map((mix) => combine(projected, mix)); // the most spread-out first\n  basis = orthonormal(turned.map((scores) => transposeTimesVector(centred, rows, width, scores))); // Xᵀ·X·q\n  const change = Math.max(...values.slice(0, wanted).map((value, i) => Math.abs(value - eigenvalues[i]!)));\n  eigenvalues = values;\n  if (change <= SETTLED * (values[0] ?? 0)) break;\n  yield;\n}",
  },
  "sampling": {
    file: "src/training/sample.ts",
    code: "/**\n * The eligible tokens with their probabilities, likeliest first (ties: lower id first).\n * Order as in Hugging Face: temperature, then top-k, then top-p on what is left, renormalised.\n * @param logits [V], one for each token of the vocabulary\n */\nexport function candidates(\n  logits: Float32Array,\n  {temperature = 1, topK, topP = 1}: SamplingOptions = {},\n): TokenProbability[] {\n  const order = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);\n  if (temperature === 0) return [{id: order[0]!, probability: 1}];\n  const kept = topK && topK > 0 ? order.slice(0, topK) : order;\n  const largest = logits[kept[0]!]!;\n  const scores = kept.map((id) => Math.exp((logits[id]! - largest) / temperature));\n  const list = normalise(kept.map((id, i) => ({id, probability: scores[i]!})));\n  if (topP >= 1) return list;\n  let total = 0;\n  const nucleus = list.findIndex(({probability}) => (total += probability) >= topP);\n  return normalise(nucleus < 0 ? list : list.slice(0, nucleus + 1));\n}\n\nfunction normalise(list: TokenProbability[]): TokenProbability[] {\n  const total = list.reduce((sum, {probability}) => sum + probability, 0);\n  return list.map(({id, probability}) => ({id, probability: probability / total}));\n}",
  },
  "scaled-attention": {
    file: "src/math/attention.ts",
    code: "const scores = q.map((query) => k.map((key) => dot(query, key) * scale)); // [T, T]\nconst masked = causal ? maskFuture(scores) : scores;\nconst weights = masked.map(softmax); // [T, T], each row sums to 1\nconst context = weights.map((row) => mix(row, v)); // [T, D]",
  },
  "simple-attention": {
    file: "src/math/attention.ts",
    code: "const scores = x.map((query) => x.map((key) => dot(query, key))); // [T, T]\nconst weights = scores.map(softmax); // [T, T], each row sums to 1\nconst context = weights.map((row) => mix(row, x)); // [T, D]",
  },
  "sinusoidal": {
    file: "src/math/sinusoidal.ts",
    code: "const out = new Float32Array(length * width);\nfor (let t = 0; t < length; t++)\n  for (let c = 0; c < width; c++) {\n    const angle = t / 10000 ** ((c - (c % 2)) / width);\n    out[t * width + c] = c % 2 === 0 ? Math.sin(angle) : Math.cos(angle);\n  }\nreturn out;",
  },
  "softmax": {
    file: "src/math/attention.ts",
    code: "/** Shares that sum to 1: e to the power of each score, over their sum. A score of −∞ gets exactly 0. */\nexport function softmax(scores: Vector): number[] {\n  const largest = Math.max(...Array.from(scores)); // subtracted from all: the shares stay, no power overflows\n  const powers = Array.from(scores, (score) => Math.exp(score - largest));\n  const total = powers.reduce((sum, power) => sum + power, 0);\n  return powers.map((power) => power / total);\n}",
  },
  "split": {
    file: "src/data/windows.ts",
    code: "/**\n * The first `trainShare` of the tokens to train on, the rest to validate with. Not shuffled: windows of the two\n * parts share no text.\n *\n *     splitTokens(tokens, 0.9);   // of 1,000 tokens: the first 900, the last 100\n *\n * @param trainShare Above 0 and below 1.\n */\nexport function splitTokens(\n  tokens: Int32Array,\n  trainShare: number,\n): {train: Int32Array; validation: Int32Array} {\n  if (!(trainShare > 0 && trainShare < 1))\n    throw new RangeError(`trainShare must be above 0 and below 1, not ${trainShare}.`);\n  const cut = Math.round(tokens.length * trainShare);\n  return {train: tokens.subarray(0, cut), validation: tokens.subarray(cut)};\n}",
  },
  "training-step": {
    file: "src/training/reference-stepper.ts",
    code: "const next = tidy(() => {\n  const {loss, gradient} = lossAndGradient(layout, theta, config, batch, dropout);\n  const norm = globalNorm(gradient);\n  const updated = adamW({theta, m, v}, gradient, norm, decay, step, learningRate, options);\n  return {...updated, report: stack([loss, norm])};\n});",
  },
  "windows": {
    file: "src/data/windows.ts",
    code: "/**\n * The first positions of all windows that fit, in order.\n * @param length Tokens in the sequence.\n * @param contextLength T: tokens a window.\n * @param stride Tokens from one start to the next.\n * @throws {RangeError} where contextLength or stride is not a whole number of at least 1.\n */\nexport function slidingWindows(length: number, contextLength: number, stride: number): Uint32Array {\n  for (const [name, value] of Object.entries({contextLength, stride}))\n    if (!Number.isInteger(value) || value < 1)\n      throw new RangeError(`${name} must be a whole number of at least 1, not ${value}.`);\n  const count = Math.max(0, Math.floor((length - contextLength - 1) / stride) + 1);\n  return Uint32Array.from({length: count}, (_, i) => i * stride);\n}\n\n/** One training example. Both are views on `tokens`, not copies. */\nexport interface TokenWindow {\n  /** [T] */\n  input: Int32Array;\n  /** [T]: at each position the token that follows. */\n  target: Int32Array;\n}\n\n/** @throws {RangeError} where the window does not fit. */\nexport function windowAt(tokens: Int32Array, start: number, contextLength: number): TokenWindow {\n  if (start < 0 || start + contextLength + 1 > tokens.length)\n    throw new RangeError(\n      `A window of ${contextLength} at ${start} needs ${start + contextLength + 1} tokens; there are ${tokens.length}.`,\n    );\n  return {\n    input: tokens.subarray(start, start + contextLength),\n    target: tokens.subarray(start + 1, start + contextLength + 1),\n  };\n}",
  },
} as const satisfies Record<string, {file: string; code: string}>;

export type SnippetName = keyof typeof SNIPPETS;
