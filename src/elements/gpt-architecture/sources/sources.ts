/**
 * What each number of a forward pass is computed from, declared once. Everything that explains a number derives from this:
 * its terms, its formula, its line of code. A test recomputes numbers of every tensor from these declarations.
 */
import type {Config} from '../data/architecture-data.js';

/** How a cell follows from its inputs. Names are trace names; `weight`, `bias` and `table` are parameters. */
export type Rule =
  | {kind: 'lookup'; table: string; by: 'id' | 'position'}
  | {kind: 'add'; inputs: readonly [string, string]}
  | {kind: 'copy'; input: string}
  | {kind: 'norm'; input: string; weight: string; bias: string}
  | {kind: 'linear'; input: string; weight: string; bias?: string; offset: number; heads: boolean}
  | {kind: 'scores'; queries: string; keys: string}
  | {kind: 'mask'; input: string}
  | {kind: 'softmax'; input: string}
  | {kind: 'average'; weights: string; values: string}
  | {kind: 'gelu'; input: string}
  | {kind: 'unembed'; input: string; table: string};

export interface Source {
  rule: Rule;
  /** The line of the library’s own source that computes the tensor. */
  code: string;
}

/** Returns what a tensor is computed from. @param name with its layer: `h.0.attn.q` */
export function sourceOf(name: string, config: Config): Source | undefined {
  const match = /^h\.(\d+)\.(.+)$/.exec(name);
  return match ? inBlock(Number(match[1]), match[2]!, config) : outside(name, config);
}

function outside(name: string, {nLayers, tieWeights}: Config): Source | undefined {
  switch (name) {
    case 'embed.token':
      return {
        rule: {kind: 'lookup', table: 'wte.weight', by: 'id'},
        code: "const rows = tokenEmbedding(weights('wte.weight'), tokens);",
      };
    case 'embed.position':
      return {
        rule: {kind: 'lookup', table: 'wpe.weight', by: 'position'},
        code: "const learned = positionEmbedding(weights('wpe.weight'), T);",
      };
    case 'embed':
      return {
        rule: {kind: 'add', inputs: ['embed.token', 'embed.position']},
        code: "const embedded = hook('embed', add(token, position), token);",
      };
    case 'ln_f':
      return norm(`h.${nLayers - 1}.resid_post`, 'ln_f');
    case 'logits':
      return {
        rule: {kind: 'unembed', input: 'ln_f', table: tieWeights ? 'wte.weight' : 'lm_head.weight'},
        code: 'return softmax(unembed(normalized, weights, config));',
      };
    case 'probs':
      return {
        rule: {kind: 'softmax', input: 'logits'},
        code: 'return softmax(unembed(normalized, weights, config));',
      };
    default:
      return undefined;
  }
}

function inBlock(layer: number, name: string, {embDim: C, qkvBias}: Config): Source | undefined {
  const h = `h.${layer}`;
  const attn = `${h}.attn`;
  const projection = (index: number): Source => ({
    rule: {
      kind: 'linear',
      input: `${h}.ln_1`,
      weight: `${attn}.c_attn.weight`,
      bias: qkvBias ? `${attn}.c_attn.bias` : undefined,
      offset: index * C,
      heads: true,
    },
    code: "const qkv = linear(x, weights('attn.c_attn.weight'), bias);",
  });
  const linear = (input: string, part: string, code: string): Source => ({
    rule: {
      kind: 'linear',
      input: `${h}.${input}`,
      weight: `${h}.${part}.weight`,
      bias: `${h}.${part}.bias`,
      offset: 0,
      heads: false,
    },
    code,
  });
  switch (name) {
    case 'resid_pre':
      return {
        rule: {kind: 'copy', input: layer === 0 ? 'embed' : `h.${layer - 1}.resid_post`},
        code: "const x = hook('resid_pre', stream);",
      };
    case 'ln_1':
      return norm(`${h}.resid_pre`, `${h}.ln_1`);
    case 'attn.q':
      return projection(0);
    case 'attn.k':
      return projection(1);
    case 'attn.v':
      return projection(2);
    case 'attn.scores':
      return {
        rule: {kind: 'scores', queries: `${attn}.q`, keys: `${attn}.k`},
        code: 'const products = mul(matMul(q, k, false, true), 1 / Math.sqrt(D));',
      };
    case 'attn.masked':
      return {
        rule: {kind: 'mask', input: `${attn}.scores`},
        code: "const masked = hook('attn.masked', add(scores, mask), scores);",
      };
    case 'attn.probs':
      return {
        rule: {kind: 'softmax', input: `${attn}.masked`},
        code: "const probs = hook('attn.probs', softmax(masked));",
      };
    case 'attn.dropped':
      return {
        rule: {kind: 'copy', input: `${attn}.probs`},
        code: 'const kept = dropout(probs, drop, DROPOUT_SITE.attention(layer));',
      };
    case 'attn.context':
      return {
        rule: {kind: 'average', weights: `${attn}.dropped`, values: `${attn}.v`},
        code: "const averages = matMul(hook('attn.dropped', kept, probs), v);",
      };
    case 'attn.out':
      return linear(
        'attn.context',
        'attn.c_proj',
        "const out = linear(context, weights('attn.c_proj.weight'), weights('attn.c_proj.bias'));",
      );
    case 'resid_mid':
      return {
        rule: {kind: 'add', inputs: [`${h}.resid_pre`, `${attn}.out`]},
        code: "const middle = hook('resid_mid', add(x, attended), attended);",
      };
    case 'ln_2':
      return norm(`${h}.resid_mid`, `${h}.ln_2`);
    case 'mlp.pre':
      return linear(
        'ln_2',
        'mlp.c_fc',
        "const wide = linear(x, weights('mlp.c_fc.weight'), weights('mlp.c_fc.bias'));",
      );
    case 'mlp.hidden':
      return {
        rule: {kind: 'gelu', input: `${h}.mlp.pre`},
        code: "const hidden = hook('mlp.hidden', gelu(pre), pre);",
      };
    case 'mlp.out':
      return linear(
        'mlp.hidden',
        'mlp.c_proj',
        "const out = linear(hidden, weights('mlp.c_proj.weight'), weights('mlp.c_proj.bias'));",
      );
    case 'resid_post':
      return {
        rule: {kind: 'add', inputs: [`${h}.resid_mid`, `${h}.mlp.out`]},
        code: "return hook('resid_post', add(middle, fed), fed);",
      };
    default:
      return undefined;
  }
}

const norm = (input: string, name: string): Source => ({
  rule: {kind: 'norm', input, weight: `${name}.weight`, bias: `${name}.bias`},
  code: 'return add(mul(normalized, weight), bias);',
});

/** Returns the trace names that a rule reads. */
export function inputsOf(rule: Rule): string[] {
  switch (rule.kind) {
    case 'lookup':
      return [];
    case 'add':
      return [...rule.inputs];
    case 'scores':
      return [rule.queries, rule.keys];
    case 'average':
      return [rule.weights, rule.values];
    default:
      return [rule.input];
  }
}

/** Returns the parameters that a rule reads. */
export function parametersOf(rule: Rule): string[] {
  switch (rule.kind) {
    case 'lookup':
    case 'unembed':
      return [rule.table];
    case 'norm':
      return [rule.weight, rule.bias];
    case 'linear':
      return rule.bias ? [rule.weight, rule.bias] : [rule.weight];
    default:
      return [];
  }
}
