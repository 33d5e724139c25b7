// Written by scripts/generate.mjs from the regions in the source. Do not edit.
export type SnippetName =
  | 'activations'
  | 'adamw'
  | 'attention'
  | 'backpropagation-through-time'
  | 'batch'
  | 'block'
  | 'bpe-trainer'
  | 'byte-pair-encoding'
  | 'collate'
  | 'cosine'
  | 'cross-entropy'
  | 'drop-weights'
  | 'dropout-mask'
  | 'embedding'
  | 'feed-forward'
  | 'flops'
  | 'gelu'
  | 'generate'
  | 'kernel-adamw'
  | 'kernel-attention'
  | 'kernel-cross-entropy'
  | 'kernel-linear'
  | 'layer-norm'
  | 'logit-attribution'
  | 'logit-lens'
  | 'mask-after'
  | 'mask-before'
  | 'merge-steps'
  | 'pca'
  | 'planned-forward'
  | 'planned-step'
  | 'post-norm-block'
  | 'recurrent-states'
  | 'sampling'
  | 'scaled-attention'
  | 'simple-attention'
  | 'sinusoidal'
  | 'softmax'
  | 'split'
  | 'split-labeled'
  | 'stack-gradients'
  | 'training-step'
  | 'windows';

// (Its type is written out: the package's declarations would repeat the code otherwise.)
export const SNIPPETS: Readonly<Record<SnippetName, {readonly file: string; readonly code: string}>> = {
  "activations": {
    file: "src/math/activations.ts",
    code: "/** u and du/dx in GPT-2's approximation: u = √(2/π) · (x + 0.044715 x³) */\nconst inner = (x: number): [number, number] => [\n  ROOT * (x + 0.044715 * x ** 3),\n  ROOT * (1 + 3 * 0.044715 * x ** 2),\n];\n\nexport const ACTIVATIONS: Readonly<Record<ActivationName, Activation>> = {\n  // what GPT-2 uses: ½ x (1 + tanh u)\n  gelu: {\n    value: (x) => 0.5 * x * (1 + Math.tanh(inner(x)[0])),\n    slope: (x) => {\n      const [u, du] = inner(x);\n      const t = Math.tanh(u);\n      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * du;\n    },\n  },\n  // x times the share of a normal distribution that lies below x\n  'gelu-exact': {\n    value: (x) => x * below(x),\n    slope: (x) => below(x) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI),\n  },\n  relu: {value: (x) => Math.max(0, x), slope: (x) => (x > 0 ? 1 : 0)},\n  silu: {value: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x)))},\n};",
  },
  "adamw": {
    file: "src/training/adamw.ts",
    code: "const clip = clipNorm > 0 ? minimum(1, div(clipNorm, add(norm, 1e-6))) : scalar(1);\nconst g = mul(gradient, clip);\n// each tidy frees what only led to its result: an arena is as large as the model\nconst nextM = tidy(() => add(mul(m, beta1), mul(g, 1 - beta1)));\nconst nextV = tidy(() => add(mul(v, beta2), mul(square(g), 1 - beta2)));\nconst update = tidy(() => {\n  // bias correction: m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)\n  const denominator = add(sqrt(mul(nextV, 1 / (1 - beta2 ** step))), epsilon);\n  return mul(div(nextM, denominator), learningRate / (1 - beta1 ** step));\n});\n// decoupled decay: weights shrink by themselves, not through the gradient\nconst shrunk = tidy(() => sub(theta, mul(mul(theta, decayMask), learningRate * weightDecay)));",
  },
  "attention": {
    file: "src/model/attention.ts",
    code: "const [B, T, C] = x.shape as [number, number, number];\nconst H = config.nHeads;\nconst D = C / H; // the width of a head\n\nconst bias = config.qkvBias ? weights('attn.c_attn.bias') : undefined; // [3C]\nconst qkv = linear(x, weights('attn.c_attn.weight'), bias); // [B, T, 3C]\nconst heads = transpose(reshape(qkv, [B, T, 3 * H, D]), [0, 2, 1, 3]); // [B, 3H, T, D]\nconst [query, key, value] = split(heads, 3, 1) as [Tensor, Tensor, Tensor]; // [B, H, T, D] each\nconst q = hook('attn.q', query);\nconst k = hook('attn.k', key);\nconst v = hook('attn.v', value);\n\nconst products = mul(matMul(q, k, false, true), 1 / Math.sqrt(D)); // [B, H, T, T]: one row per query\nconst scores = hook('attn.scores', products);\nconst masked = hook('attn.masked', add(scores, mask), scores); // [B, H, T, T]: no score for later tokens\nconst probs = hook('attn.probs', softmax(masked)); // [B, H, T, T]: each row sums to 1\nconst kept = dropout(probs, drop, DROPOUT_SITE.attention(layer)); // [B, H, T, T]\nconst averages = matMul(hook('attn.dropped', kept, probs), v); // [B, H, T, D]\n\nconst joined = reshape(transpose(averages, [0, 2, 1, 3]), [B, T, C]); // [B, T, C]: the heads side by side\nconst context = hook('attn.context', joined);\nconst out = linear(context, weights('attn.c_proj.weight'), weights('attn.c_proj.bias')); // [B, T, C]\nreturn hook('attn.out', out);",
  },
  "backpropagation-through-time": {
    file: "src/math/recurrent.ts",
    code: "/**\n * Returns how much one unit of the last state depends on each token, by backpropagation through time.\n * @returns [T]: at d, the squared length of ∂h_t[unit]/∂x_{t−d}, where t is the last token\n */\nexport function unitInfluence(\n  {width: C, w, u}: RecurrentNetwork,\n  states: readonly Float64Array[],\n  unit: number,\n): Float64Array {\n  const T = states.length;\n  if (!T) return new Float64Array();\n  const squares = new Float64Array(T);\n  let back = new Float64Array(C); // ∂h_t[unit]/∂(W h + U x) of the current step\n  back[unit] = 1 - states[T - 1]![unit]! ** 2;\n  for (let d = 0; d < T; d++) {\n    squares[d] = timesRows(back, u).reduce((sum, slope) => sum + slope ** 2, 0); // to x_{t−d}\n    const before = states[T - d - 2];\n    if (!before) break;\n    back = timesRows(back, w); // one step back: through W …\n    for (let j = 0; j < C; j++) back[j]! *= 1 - before[j]! ** 2; // … and through the tanh\n  }\n  return squares;\n}",
  },
  "batch": {
    file: "src/data/batches.ts",
    code: "/** Cuts windows out of the text. */\nexport function cutWindows(\n  tokens: Int32Array,\n  starts: ArrayLike<number>,\n  contextLength: number,\n): LabeledBatch {\n  const ids = new Int32Array(starts.length * contextLength);\n  const labels = new Int32Array(ids.length);\n  for (let row = 0; row < starts.length; row++) {\n    const {input, target} = windowAt(tokens, starts[row]!, contextLength);\n    ids.set(input, row * contextLength);\n    labels.set(target, row * contextLength);\n  }\n  return {tokens: {ids, batchSize: starts.length, length: contextLength}, labels};\n}\n\n/**\n * All windows, shuffled anew each epoch, as one endless sequence of which step s takes the s-th B.\n * Window p of that sequence is a pure function of (seed, p).\n */\nexport class ShuffledWindows {\n  /** Shuffling is work: the order of the epoch last asked for is kept. */\n  #epoch = -1;\n  #order: Uint32Array = new Uint32Array();\n\n  readonly #starts: Uint32Array;\n  readonly #seed: number;\n\n  constructor(starts: Uint32Array, seed: number) {\n    this.#starts = starts;\n    this.#seed = seed;\n  }\n\n  /** The windows as a training run with this seed draws them. */\n  static ofRun(starts: Uint32Array, seed: number): ShuffledWindows {\n    return new ShuffledWindows(starts, key(seed, BATCH_STREAM));\n  }\n\n  /** The starts of a step's windows. @param step counted from 0 */\n  startsAt(step: number, batchSize: number): number[] {\n    return Array.from({length: batchSize}, (_, i) => this.startAt(step * batchSize + i));\n  }\n\n  /** Where the window at this place of the sequence begins. */\n  startAt(place: number): number {\n    const windows = this.#starts.length;\n    const epoch = Math.floor(place / windows);\n    if (epoch !== this.#epoch) {\n      this.#order = permutation(windows, key(this.#seed, epoch));\n      this.#epoch = epoch;\n    }\n    return this.#starts[this.#order[place % windows]!]!;\n  }\n}",
  },
  "block": {
    file: "src/model/block.ts",
    code: "const x = hook('resid_pre', stream); // [B, T, C]\nconst ln1 = hook('ln_1', layerNorm(x, weights('ln_1.weight'), weights('ln_1.bias')), x); // [B, T, C]\nconst attended = dropout(attention(ln1, context), drop, DROPOUT_SITE.attentionOut(layer)); // [B, T, C]\nconst middle = hook('resid_mid', add(x, attended), attended); // [B, T, C]\n\nconst ln2 = hook('ln_2', layerNorm(middle, weights('ln_2.weight'), weights('ln_2.bias')), middle); // [B, T, C]\nconst fed = dropout(feedForward(ln2, context), drop, DROPOUT_SITE.feedForwardOut(layer)); // [B, T, C]\nreturn hook('resid_post', add(middle, fed), fed); // [B, T, C]",
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
    file: "src/math/neighbors.ts",
    code: "let [product, squaresA, squaresB] = [0, 0, 0];\nfor (let i = 0; i < a.length; i++) {\n  product += a[i]! * b[i]!;\n  squaresA += a[i]! ** 2;\n  squaresB += b[i]! ** 2;\n}\nconst lengths = Math.sqrt(squaresA * squaresB);\nreturn lengths > 0 ? product / lengths : 0;",
  },
  "cross-entropy": {
    file: "src/model/loss.ts",
    code: "const shifted = sub(x, max(x, 1, true)); // [N, V]: the largest is 0, so that exp does not overflow\nconst exponents = exp(shifted); // [N, V]\nconst total = sum(exponents, 1, true); // [N, 1]\nconst probs = div(exponents, total); // [N, V]\nconst indices = Int32Array.from(labels, (label, n) => n * V + Math.max(0, label));\nconst truth = gather(reshape(shifted, [-1]), tensor1d(indices, 'int32')); // [N]: the label's shifted logit\nconst losses = sub(reshape(log(total), [-1]), truth); // [N]: −log p(label)",
  },
  "drop-weights": {
    file: "src/math/attention.ts",
    code: "/**\n * Returns attention weights [T, T] after dropout (Srivastava et al. 2014): kept weights are scaled by 1/(1 − rate), so that the expected\n * sum of a row stays 1.\n * @param keep [T, T]: whether a weight is kept\n */\nexport function dropWeights(\n  weights: Matrix,\n  keep: readonly (readonly boolean[])[],\n  rate: number,\n): number[][] {\n  return weights.map((row, i) => Array.from(row, (weight, j) => (keep[i]![j] ? weight / (1 - rate) : 0)));\n}",
  },
  "dropout-mask": {
    file: "src/math/dropout-mask.ts",
    code: "/**\n * Returns `size` entries, each 0 with probability `rate` and 1 / (1 − rate) otherwise, so that the mean stays 1.\n * One hash gives two entries of 16 bits each, so that the rate is exact to 1/65,536.\n */\nexport function dropoutMask(size: number, rate: number, streamKey: number): Float32Array {\n  const threshold = Math.round(rate * 65536);\n  const keep = 1 / (1 - rate);\n  const mask = new Float32Array(size);\n  for (let i = 0; i < size; i += 2) {\n    const bits = hash32(streamKey ^ Math.imul(i + 1, 0x9e3779b1));\n    if ((bits & 0xffff) >= threshold) mask[i] = keep;\n    if (bits >>> 16 >= threshold && i + 1 < size) mask[i + 1] = keep;\n  }\n  return mask;\n}",
  },
  "embedding": {
    file: "src/model/gpt.ts",
    code: "const rows = tokenEmbedding(weights('wte.weight'), tokens); // [B, T, C]: row `id` of wte\nconst token = hook('embed.token', rows);\nconst learned = positionEmbedding(weights('wpe.weight'), T); // [T, C]: the first T rows of wpe\nconst position = hook('embed.position', learned);\nconst embedded = hook('embed', add(token, position), token); // [B, T, C]",
  },
  "feed-forward": {
    file: "src/model/feed-forward.ts",
    code: "const wide = linear(x, weights('mlp.c_fc.weight'), weights('mlp.c_fc.bias')); // [B, T, 4C]\nconst pre = hook('mlp.pre', wide);\nconst hidden = hook('mlp.hidden', gelu(pre), pre); // [B, T, 4C]\nconst out = linear(hidden, weights('mlp.c_proj.weight'), weights('mlp.c_proj.bias')); // [B, T, C]\nreturn hook('mlp.out', out);",
  },
  "flops": {
    file: "src/model/flops.ts",
    code: "const projections = L * 2 * (C * 3 * C + C * C); // c_attn and c_proj\nconst attention = L * 4 * T * C; // q · k with T keys, then T values mixed\nconst feedForward = L * 2 * (C * 4 * C + 4 * C * C); // c_fc and c_proj\nconst head = 2 * C * V;\nconst forward = projections + attention + feedForward + head;\nreturn {projections, attention, feedForward, head, forward, training: 3 * forward};",
  },
  "gelu": {
    file: "src/model/gelu.ts",
    code: "const u2 = mul(x, add(mul(square(x), 2 * SQRT_2_OVER_PI * 0.044715), 2 * SQRT_2_OVER_PI)); // 2u\nreturn mul(x, sigmoid(u2));",
  },
  "generate": {
    file: "src/training/generate.ts",
    code: "/**\n * Continues a prompt, one token at a time: read the last `contextLength` tokens, score every possible next one, draw, append.\n * Stop it by leaving the loop.\n * @param getWeights returns the weights for one pass, inside a tidy: a model that trains meanwhile is read as it is now\n * @param promptIds at least one token id\n * @throws {SamplingError} on a setting outside its range\n * @throws {TokensError} on no token, or an id outside the vocabulary\n * @throws {InterventionError} on an intervention that the model cannot apply\n */\nexport async function* generate(\n  getWeights: () => Weights,\n  config: GPTConfig,\n  promptIds: ArrayLike<number>,\n  {\n    maxNewTokens,\n    seed = 0,\n    candidates: listed = MOST_CANDIDATES,\n    interventions,\n    ...sampling\n  }: GenerationOptions,\n): AsyncGenerator<GeneratedToken> {\n  checkSampling(sampling);\n  checkTokenCount('number of new tokens', maxNewTokens);\n  checkTokenCount('number of candidates', listed);\n  const ids = Array.from(promptIds);\n  for (let n = 0; n < maxNewTokens; n++) {\n    const logits = await nextLogits(getWeights, config, ids.slice(-config.contextLength), interventions);\n    const list = candidates(logits, sampling);\n    const token = choose(list, uniformAt(key(seed), n));\n    ids.push(token.id);\n    yield {...token, candidates: list.slice(0, Math.min(listed, MOST_CANDIDATES))};\n  }\n}",
  },
  "kernel-adamw": {
    file: "src/webgpu/kernels/adamw.ts",
    code: "fn update(i: u32, scale: f32) {\n  let g = gradient[i] * scale;\n  let first = step.beta1 * m[i] + (1.0 - step.beta1) * g;\n  let second = step.beta2 * v[i] + (1.0 - step.beta2) * g * g;\n  m[i] = first;\n  v[i] = second;\n  let shrink = select(1.0, 1.0 - step.learningRate * step.weightDecay, decays(i));\n  let pull = first * step.correction1 / (sqrt(second * step.correction2) + step.epsilon);\n  let at = weightsOf(i);\n  theta[at] = theta[at] * shrink - step.learningRate * pull;\n}\n@compute @workgroup_size(${THREADS})\nfn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {\n  var squares = 0.0;\n  for (var w = 0u; w < size.groups; w++) { squares += report[w]; }\n  let norm = sqrt(squares);\n  let group = workgroup.y * size.groupsAcross + workgroup.x;\n  if (group == 0u && local == 0u) { report[${REPORT.norm}] = norm; }\n  let loss = report[${REPORT.loss}];\n  if (!isFinite(norm) || !isFinite(loss)) {\n    if (group == 0u && local == 0u) { report[${REPORT.failed}] = select(loss, norm, isFinite(loss)); }\n    return;\n  }\n  let scale = select(1.0, min(1.0, step.clipNorm / (norm + 1e-6)), step.clipNorm > 0.0);\n  for (var e = 0u; e < size.each; e++) {\n    let i = (group * size.each + e) * ${THREADS}u + local;\n    if (i >= size.length4) { return; }\n    update(i, scale);\n  }\n}",
  },
  "kernel-attention": {
    file: "src/webgpu/kernels/attention-forward.ts",
    code: "for (var start = 0u; start <= last; start += ${stride}u) {\n  let held = queryAt(b, min(start + ${loaded}, size.length - 1u), head);\n  let k = held + size.width4;\n  let v = k + size.width4;\n  ${each((d) => `let k${d} = ${load(`qkv[k + ${d}u]`)}; let v${d} = ${load(`qkv[v + ${d}u]`)};`)}\n  ${steps(\n    (s) => `let key${s} = start + ${passedRow(s)};\n  ${each((d) => `let k${s}_${d} = ${passed(s, `k${d}`)}; let v${s}_${d} = ${passed(s, `v${d}`)};`)}`,\n  )}\n  ${every(\n    (e) => `{\n    ${steps(\n      (s) => `let fit${s} = ${sum((d) => `dot(q${e}_${d}, k${s}_${d})`)};\n    let score${s} = select(-3.4e38, fit${s}, key${s} <= query${e});`,\n    )}\n    let higher = ${list((s) => `max(score${s}`, ', ')}, highest${e}${')'.repeat(stride)};\n    let shrink = exp(highest${e} - higher);\n    highest${e} = higher;\n    ${steps((s) => `let weight${s} = exp(score${s} - higher);`)}\n    total${e} = total${e} * shrink + ${list((s) => `weight${s}`, ' + ')};\n    ${steps(\n      (s) =>\n        `let kept${s} = ${dropout ? `weight${s} * dropFactor(streamKey, probAt(b, head, query${e}, key${s}))` : `weight${s}`};`,\n    )}\n    ${each((d) => `a${e}_${d} = a${e}_${d} * shrink + ${list((s) => `kept${s} * v${s}_${d}`, ' + ')};`)}\n  }`,\n  )}\n}",
  },
  "kernel-cross-entropy": {
    file: "src/webgpu/kernels/cross-entropy.ts",
    code: "fn row(n: u32, lane: u32) {\n  let first = n * size.stride;\n  let label = labels[n];\n  let counts = label != ${IGNORE_INDEX};\n  var highest = -3.4e38;\n  for (var v = lane; v < size.vocabulary; v += LANES) { highest = max(highest, logits[first + v]); }\n  highest = teamMax(highest, lane);\n  var total = 0.0;\n  for (var v = lane; v < size.vocabulary;) {\n    var part = 0.0; // in one long float32 sum, small terms would be rounded away\n    for (let end = v + 256u * LANES; v < min(end, size.vocabulary); v += LANES) { part += exp(logits[first + v] - highest); }\n    total += part;\n  }\n  total = teamSum(total, lane);\n  if (lane == 0u) {\n    let old = select(0.0, losses[n], step.accumulate == 1u);\n    let surprise = highest + log(total) - logits[first + u32(max(label, 0))];\n    losses[n] = old + select(0.0, surprise * step.lossScale, counts);\n  }\n  teamSync();\n  let scale = select(0.0, step.lossScale, counts);\n  for (var v = lane; v < size.stride; v += LANES) {\n    let prob = exp(logits[first + v] - highest) / total;\n    let truth = select(0.0, 1.0, i32(v) == label);\n    logits[first + v] = select(0.0, scale * (prob - truth), v < size.vocabulary);\n  }\n}",
  },
  "kernel-linear": {
    file: "src/webgpu/kernels/linear-forward.ts",
    code: "fn finish(row: u32, column4: u32, sum: vec4f) {\n  let at = row * size.columns4 + column4;\n  let value = sum${lora ? ' + lowRank(row, column4, size.columns4)' : ''};\n  ${\n    gelu\n      ? `let result = geluAndSlope(value);\n  slope[at] = ${store('result.slope')};\n  y[at] = ${store('result.value')};`\n      : `y[at] = ${store('value')};`\n  }\n}",
  },
  "layer-norm": {
    file: "src/model/layer-norm.ts",
    code: "const centered = sub(x, mean(x, -1, true)); // [B, T, C]\nconst variance = mean(square(centered), -1, true); // [B, T, 1]\nconst normalized = mul(centered, rsqrt(add(variance, LAYER_NORM_EPSILON))); // [B, T, C]\nreturn add(mul(normalized, weight), bias); // [B, T, C]",
  },
  "logit-attribution": {
    file: "src/model/logit-attribution.ts",
    code: "const parts = concat(written, 0) as Tensor2D; // [parts, C]: what each part writes into the stream\nconst stream = rowOf(trace.get(`h.${config.nLayers - 1}.resid_post`), position); // [1, C]: their sum\nconst variance = mean(square(sub(stream, mean(stream))));\nconst scale = rsqrt(add(variance, LAYER_NORM_EPSILON)); // of the final layer norm, held fixed\nconst centered = mul(sub(parts, mean(parts, 1, true)), scale); // [parts, C]\nconst normalized = mul(centered, weights('ln_f.weight')); // [parts, C]\nconst all = concat([normalized, reshape(weights('ln_f.bias'), [1, -1])], 0) as Tensor2D; // [parts + 1, C]\nconst rows = rowsOf(weights, config.tieWeights ? 'wte.weight' : 'lm_head.weight', targets); // [targets, C]\nconst terms = matMul(rows, all, false, true); // [targets, parts + 1]: their sums are the logits",
  },
  "logit-lens": {
    file: "src/model/logit-lens.ts",
    code: "const stream = tensor(data, [1, ...shape]); // [1, T, C]\nconst normalized = finalNorm(stream, weights('ln_f.weight'), weights('ln_f.bias')); // [1, T, C]\nreturn softmax(unembed(normalized, weights, config)); // [1, T, V]",
  },
  "mask-after": {
    file: "src/math/attention.ts",
    code: "/** Returns attention weights [T, T] with 0 at every key after its query and each row scaled to sum to 1 again. Same result as masking before. */\nexport function renormalizePast(weights: Matrix): number[][] {\n  return weights.map((row, query) => {\n    const kept = Array.from(row, (weight, key) => (key > query ? 0 : weight));\n    const total = kept.reduce((sum, weight) => sum + weight, 0);\n    return kept.map((weight) => weight / total);\n  });\n}",
  },
  "mask-before": {
    file: "src/math/attention.ts",
    code: "/** Returns the scores [T, T] with −∞ at every key after its query. e^−∞ is 0, so the softmax gives these keys no weight. */\nexport function maskFuture(scores: Matrix): number[][] {\n  return scores.map((row, query) => Array.from(row, (score, key) => (key > query ? -Infinity : score)));\n}",
  },
  "merge-steps": {
    file: "src/tokenizers/merge-steps.ts",
    code: "/**\n * The merges of a piece, in the order in which they are made.\n * @param piece The piece's UTF-8 bytes.\n */\nexport function mergeSteps(piece: ByteString, rankOf: MergeRank): MergeStep[] {\n  const parts = [...piece];\n  const rankAt = (i: number): number =>\n    i >= 0 && i + 1 < parts.length ? (rankOf(parts[i]!, parts[i + 1]!) ?? Infinity) : Infinity;\n  const ranks = parts.map((_, i) => rankAt(i)); // ranks[i]: joining part i with the next one\n  const steps: MergeStep[] = [];\n  for (;;) {\n    let at = 0;\n    for (let i = 1; i < ranks.length; i++) if (ranks[i]! < ranks[at]!) at = i;\n    const rank = ranks[at] ?? Infinity;\n    if (rank === Infinity) return steps;\n    const [left, right] = [parts[at]!, parts[at + 1]!];\n    steps.push({at, left, right, rank});\n    parts.splice(at, 2, left + right);\n    ranks.splice(at, 2, rankAt(at));\n    if (at > 0) ranks[at - 1] = rankAt(at - 1);\n  }\n}",
  },
  "pca": {
    file: "src/math/pca.ts",
    code: "let basis = orthonormal([...like, ...randomVectors(followed, width)].slice(0, followed)); // b vectors of [C]\nlet eigenvalues: number[] = basis.map(() => 0);\nfor (let round = 0; round < MOST_ROUNDS; round++) {\n  const projected = basis.map((axis) => timesVector(centered, rows, width, axis)); // X·q: b of [N]\n  const {values, vectors} = symmetricEigen(projected.map((a) => projected.map((b) => dot(a, b)))); // [b, b]\n  const turned = vectors.map((mix) => combine(projected, mix)); // in descending order of variance\n  basis = orthonormal(turned.map((scores) => transposeTimesVector(centered, rows, width, scores))); // Xᵀ·X·q\n  const change = Math.max(...values.slice(0, wanted).map((value, i) => Math.abs(value - eigenvalues[i]!)));\n  eigenvalues = values;\n  if (change <= SETTLED * (values[0] ?? 0)) break;\n  yield;\n}",
  },
  "planned-forward": {
    file: "src/webgpu/planner/forward.ts",
    code: "/** All but the head: the embedding, the blocks, and the last norm. Every line that plans makes a dispatch or two. */\nexport function planBlocks(names: TrainNames): void {\n  const {width} = names;\n  planEmbedding(names);\n  for (let n = 0; n < names.layers; n++) {\n    const h = `h.${n}`;\n    planLinear(names, n, 'attn.c_attn', `${h}.ln_1`, `${h}.qkv`, 3 * width);\n    planAttention(names, n);\n    const context = names.saved(`${h}.context`, width);\n    planAddition(names, n, 'attn.c_proj', context, width, DROPOUT_SITE.attentionOut(n));\n    planLinear(names, n, 'mlp.c_fc', `${h}.ln_2`, `${h}.hidden`, 4 * width, `${h}.slope`);\n    const hidden = names.saved(`${h}.hidden`, 4 * width);\n    planAddition(names, n, 'mlp.c_proj', hidden, 4 * width, DROPOUT_SITE.feedForwardOut(n));\n  }\n}",
  },
  "planned-step": {
    file: "src/webgpu/train-plan.ts",
    code: "/** One submission a batch; only the last goes on after the gradient. */\n#run(\n  batches: readonly Batch[],\n  end: number,\n  dropout: StepSettings['dropout'],\n  after?: (encoder: GPUCommandEncoder) => void,\n): void {\n  const {device, arenas} = this.#spec;\n  this.#executor.bind(arenas.buffers());\n  arenas.flush();\n  const rate = dropout?.rate ?? 0;\n  let labels = 0;\n  for (const batch of batches) labels += countLabels(batch.labels);\n  this.#executor.values.set({\n    lossScale: 1 / Math.max(1, labels),\n    dropThreshold: Math.round(rate * 65536),\n    dropKeep: 1 / (1 - rate),\n  });\n  for (let i = 0; i < batches.length; i++) {\n    const last = i === batches.length - 1;\n    const batchKey = dropout ? (i === 0 ? dropout.key : makeKey(dropout.key, i)) : 0;\n    this.#executor.values.set({accumulate: i === 0 ? 0 : 1, dropKey: batchKey});\n    this.#upload(batches[i]!);\n    const encoder = device.createCommandEncoder();\n    if (i === 0 && end > this.program.backward) this.#clearGradient(encoder);\n    const pass = encoder.beginComputePass();\n    this.#executor.encode(pass, 0, last ? end : this.program.update);\n    pass.end();\n    if (last) after?.(encoder);\n    device.queue.submit([encoder.finish()]);\n  }\n}",
  },
  "post-norm-block": {
    file: "src/model/block.ts",
    code: "const x = hook('resid_pre', stream); // [B, T, C]\nconst attended = dropout(attention(x, context), drop, DROPOUT_SITE.attentionOut(layer)); // [B, T, C]\nconst middle = hook('resid_mid', add(x, attended), attended); // [B, T, C]\nconst ln1 = hook('ln_1', layerNorm(middle, weights('ln_1.weight'), weights('ln_1.bias')), middle); // [B, T, C]\n\nconst fed = dropout(feedForward(ln1, context), drop, DROPOUT_SITE.feedForwardOut(layer)); // [B, T, C]\nconst sum = hook('resid_post', add(ln1, fed), fed); // [B, T, C]\nreturn hook('ln_2', layerNorm(sum, weights('ln_2.weight'), weights('ln_2.bias')), sum); // [B, T, C]",
  },
  "recurrent-states": {
    file: "src/math/recurrent.ts",
    code: "/** Returns the state after each token, [T, C]. @param xs [T, C], a vector for each token */\nexport function recurrentStates({width: C, w, u}: RecurrentNetwork, xs: readonly Vector[]): Float64Array[] {\n  const states: Float64Array[] = [];\n  let h = new Float64Array(C); // the state: all that the network keeps of the tokens so far\n  for (const x of xs) {\n    const before = h;\n    h = new Float64Array(C);\n    for (let i = 0; i < C; i++) {\n      let sum = 0;\n      for (let j = 0; j < C; j++) sum += w[i * C + j]! * before[j]! + u[i * C + j]! * x[j]!;\n      h[i] = Math.tanh(sum);\n    }\n    states.push(h);\n  }\n  return states;\n}",
  },
  "sampling": {
    file: "src/training/sample.ts",
    code: "/**\n * Returns the eligible tokens with their probabilities, likeliest first (ties: lower id first).\n *\n * The order is that of Hugging Face's logits processors: temperature, then top-k, then top-p on what is left, renormalized.\n * Equal logits are treated as there, too: top-k keeps all that tie with the k-th, and top-p drops the lower ids of a tie first.\n * @param logits [V], one for each token of the vocabulary\n * @throws {SamplingError} on a setting outside its range, or logits that are not finite numbers\n */\nexport function candidates(logits: Float32Array, options: SamplingOptions = {}): TokenProbability[] {\n  const {temperature, topK, topP} = checkSampling(options);\n  if (!logits.every(Number.isFinite)) throw scoresNotFinite();\n  const order = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);\n  const highest = logits[order[0]!]!;\n  if (temperature === 0) return [{id: order[0]!, probability: 1}];\n\n  const kth = logits[order[Math.min(topK || order.length, order.length) - 1]!]!;\n  const kept = order.filter((id) => logits[id]! >= kth);\n  const weights = kept.map((id) => ({id, probability: Math.exp((logits[id]! - highest) / temperature)}));\n  const list = normalize(weights).filter(({probability}) => probability >= LEAST_PROBABILITY);\n  return topP < 1 ? normalize(nucleus(list, topP, logits)) : list;\n}\n\n/** Drops the least likely tokens as long as their probabilities add up to at most 1 − p; compared in float32, as PyTorch does. */\nfunction nucleus(list: TokenProbability[], topP: number, logits: Float32Array): TokenProbability[] {\n  const ascending = list.toSorted((a, b) => logits[a.id]! - logits[b.id]! || a.id - b.id);\n  const dropped = new Set<TokenProbability>();\n  let total = 0;\n  for (const token of ascending.slice(0, -1)) {\n    total += Math.fround(token.probability);\n    if (Math.fround(total) > Math.fround(1 - topP)) break;\n    dropped.add(token);\n  }\n  return list.filter((token) => !dropped.has(token));\n}\n\nfunction normalize(list: TokenProbability[]): TokenProbability[] {\n  const total = list.reduce((sum, {probability}) => sum + probability, 0);\n  return list.map(({id, probability}) => ({id, probability: probability / total}));\n}",
  },
  "scaled-attention": {
    file: "src/math/attention.ts",
    code: "const scores = q.map((query) => k.map((key) => dot(query, key) * scale)); // [T, T]\nconst masked = causal ? maskFuture(scores) : scores; // [T, T]\nconst weights = masked.map(softmax); // [T, T], each row sums to 1\nconst context = weights.map((row) => mix(row, v)); // [T, D]",
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
    code: "/** Returns probabilities that sum to 1: e to the power of each score, divided by their sum. A score of −∞ gives exactly 0. */\nexport function softmax(scores: Vector): number[] {\n  const most = largest(scores); // subtracted from all: the result is the same, and no power overflows\n  const powers = Array.from(scores, (score) => Math.exp(score - most));\n  const total = powers.reduce((sum, power) => sum + power, 0);\n  return powers.map((power) => power / total);\n}",
  },
  "split": {
    file: "src/data/windows.ts",
    code: "/**\n * The first `trainShare` of the tokens to train on, the rest to validate with. Not shuffled: windows of the two\n * parts share no text.\n *\n *     splitTokens(tokens, 0.9);   // of 1,000 tokens: the first 900, the last 100\n *\n * @param trainShare Above 0 and below 1.\n */\nexport function splitTokens(\n  tokens: Int32Array,\n  trainShare: number,\n): {train: Int32Array; validation: Int32Array} {\n  if (!(trainShare > 0 && trainShare < 1))\n    throw new RangeError(`trainShare must be above 0 and below 1, not ${trainShare}.`);\n  const cut = Math.round(tokens.length * trainShare);\n  return {train: tokens.subarray(0, cut), validation: tokens.subarray(cut)};\n}",
  },
  "split-labeled": {
    file: "src/data/labeled/split.ts",
    code: "/**\n * Returns the texts in random order, 70 % of each class for training, 10 % for validation and 20 % for the test.\n * @throws {CorpusError} `too-short` where a class has fewer than {@link FEWEST_PER_CLASS} texts\n */\nexport function splitTexts<T extends LabeledText>(\n  classes: readonly string[],\n  texts: readonly T[],\n  seed: number,\n): LabeledSplit<T> {\n  checkClasses(classes, texts);\n  const sets: Record<'train' | 'validation' | 'test', T[]> = {train: [], validation: [], test: []};\n  const byClass = classes.map((_, label) => texts.filter((text) => text.label === label));\n  for (const [label, members] of byClass.entries()) {\n    const order = permutation(members.length, key(seed, STREAM.split, label));\n    const shuffled = Array.from(order, (index) => members[index]!);\n    const [train, validation] = [0.7, 0.8].map((share) => Math.round(share * members.length));\n    sets.train.push(...shuffled.slice(0, train));\n    sets.validation.push(...shuffled.slice(train, validation));\n    sets.test.push(...shuffled.slice(validation));\n  }\n  const mixed = (set: readonly T[], n: number): T[] =>\n    Array.from(permutation(set.length, key(seed, STREAM.mix, n)), (index) => set[index]!);\n  return {\n    classes,\n    train: mixed(sets.train, 0),\n    validation: mixed(sets.validation, 1),\n    test: mixed(sets.test, 2),\n  };\n}",
  },
  "stack-gradients": {
    file: "src/math/deep-stack.ts",
    code: "const entered: ArrayLike<number>[] = []; // what each layer reads, [B, C]\nconst sums: Float64Array[] = []; // x W + b, before GELU\nlet x: ArrayLike<number> = inputs;\nfor (const [n, W] of weights.entries()) {\n  const before = x;\n  const z = times(x, W, C).map((sum, i) => sum + biases[n]![i % C]!);\n  entered.push(before);\n  sums.push(z);\n  x = z.map((sum, i) => shortcut * before[i]! + value(sum));\n}\nconst output = x;\nconst loss = mean(output, (y, i) => (y - targets[i]!) ** 2);\n\nlet dx = Float64Array.from({length: count}, (_, i) => (2 * (output[i]! - targets[i]!)) / count);\nconst norms: number[] = [];\nfor (let n = weights.length - 1; n >= 0; n--) {\n  const before = dx;\n  const dz = before.map((gradient, i) => gradient * slope(sums[n]![i]!));\n  norms[n] = Math.hypot(...transposedTimes(entered[n]!, dz, C)); // xᵀ dz, the gradient of W\n  const through = timesTransposed(dz, weights[n]!, C); // dz Wᵀ\n  dx = through.map((gradient, i) => gradient + shortcut * before[i]!); // the shortcut passes the gradient on as it is\n}",
  },
  "training-step": {
    file: "src/training/reference-stepper.ts",
    code: "const {loss, gradient} = lossAndGradient(layout, theta, lossOf, learning);\nconst norm = globalNorm(gradient);\nconst updated = adamW(learned, gradient, norm, decay, step, learningRate, options);",
  },
  "windows": {
    file: "src/data/windows.ts",
    code: "/**\n * The first positions of all windows that fit, in order.\n * @param length Tokens in the sequence.\n * @param contextLength T: tokens a window.\n * @param stride Tokens from one start to the next.\n * @throws {RangeError} where contextLength or stride is not a whole number of at least 1.\n */\nexport function slidingWindows(length: number, contextLength: number, stride: number): Uint32Array {\n  const count = windowCount(length, contextLength, stride);\n  return new Uint32Array(count).map((_, i) => i * stride);\n}\n\n/** How many windows fit; parameters and errors as above. */\nexport function windowCount(length: number, contextLength: number, stride: number): number {\n  for (const [name, value] of Object.entries({contextLength, stride}))\n    if (!Number.isInteger(value) || value < 1)\n      throw new RangeError(`${name} must be a whole number of at least 1, not ${value}.`);\n  return Math.max(0, Math.floor((length - contextLength - 1) / stride) + 1);\n}\n\n/** One training example. Both are views on `tokens`, not copies. */\nexport interface TokenWindow {\n  /** [T] */\n  input: Int32Array;\n  /** [T]: at each position the token that follows. */\n  target: Int32Array;\n}\n\n/** @throws {RangeError} where the window does not fit. */\nexport function windowAt(tokens: Int32Array, start: number, contextLength: number): TokenWindow {\n  if (start < 0 || start + contextLength + 1 > tokens.length)\n    throw new RangeError(\n      `A window of ${contextLength} at ${start} needs ${start + contextLength + 1} tokens; there are ${tokens.length}.`,\n    );\n  return {\n    input: tokens.subarray(start, start + contextLength),\n    target: tokens.subarray(start + 1, start + contextLength + 1),\n  };\n}",
  },
};
