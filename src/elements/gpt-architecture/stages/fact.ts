/** What a stage does with the text on show: one sentence with the model’s own numbers. */
import type {NamedTensor} from '../../../engine/protocol.js';
import {argMax} from '../../../math/largest.js';
import {mean} from '../../../math/stats.js';
import {number, visibleToken} from '../../../ui/base/format.js';
import {
  type ArchitectureData,
  activeUnits,
  addedAt,
  headRow,
  normAt,
  rowOf,
  streamPoints,
} from '../data/architecture-data.js';
import {followedGuesses} from '../data/forming.js';
import {share} from '../data/share.js';
import {mainSources} from '../draw/attention-links.js';
import {furthest} from '../sources/furthest.js';
import type {Stage} from './stages.js';

export interface Look {
  data: ArchitectureData;
  /** Index of the token whose lane is large. */
  chosen: number;
  /** The head whose numbers are on show. */
  head: number;
  /** Tensors that were read for the stage; a fact that needs one of the others is told without its numbers. */
  tensors?: Readonly<Record<string, NamedTensor | undefined>>;
}

/** The map has no picture of scores. */
const LATER = ' (The map shows them after the softmax.)';

export function factOf(stage: Stage, look: Look): string {
  const {layer} = stage;
  return layer === undefined
    ? outside(stage.id, look)
    : inBlock(stage.id.replace(/^h\.\d+\./, ''), layer, look);
}

function outside(id: string, look: Look): string {
  const {data, chosen} = look;
  const {config, ids} = data;
  const token = tokenAt(look, chosen);
  switch (id) {
    case 'text':
      return `${token} is number ${number(ids[chosen]!)} of the ${number(config.vocabSize)} in the vocabulary.`;
    case 'embed.token':
      return `${token} picks row ${number(ids[chosen]!)}: ${range(look, id)}.`;
    case 'embed.position':
      return `${token} stands at position ${chosen}, counted from 0, and picks that row: ${range(look, id)}.`;
    case 'embed': {
      const guess = data.stream[0]?.guesses[chosen]?.[0];
      return `The vector of ${token} has length ${number(normAt(data, id, chosen))}.${guess ? ` If the model ended here, it would guess ${visibleToken(guess.token)} (${share(guess.probability)}).` : ''}`;
    }
    case 'ln_f':
      return normalized(look, `h.${config.nLayers - 1}.resid_post`);
    default:
      return atTheEnd(id, look);
  }
}

function atTheEnd(id: string, {data, chosen}: Look): string {
  const [first, second] = data.stream.at(-1)?.guesses[chosen] ?? [];
  if (!first || !second) return '';
  const [one, two] = [visibleToken(first.token), visibleToken(second.token)];
  const others = data.config.vocabSize - 2;
  switch (id) {
    case 'logits':
      // Softmax keeps differences: they are those of the logarithms.
      return `${one} has the highest of ${number(data.config.vocabSize)} logits, ${number(Math.log(first.probability / second.probability))} ahead of ${two}.`;
    case 'probs':
      return `${one} gets ${share(first.probability)}, ${two} ${share(second.probability)}${rest([first.probability, second.probability], others)}.`;
    default:
      return `In 100 draws, ${one} would come about ${Math.round(100 * first.probability)} times.`;
  }
}

function inBlock(step: string, layer: number, look: Look): string {
  const {data, chosen, head} = look;
  const {config} = data;
  const token = tokenAt(look, chosen);
  const h = `h.${layer}`;
  const before = layer === 0 ? 'embed' : `h.${layer - 1}.resid_post`;
  switch (step) {
    case 'ln_1':
      return normalized(look, before);
    case 'resid_mid':
      return changed(look, before, `${h}.resid_mid`);
    case 'ln_2':
      return normalized(look, `${h}.resid_mid`);
    case 'mlp.pre': {
      const above = Array.from(rowOf(data, `${h}.mlp.hidden`, chosen)).filter((value) => value > 0).length;
      return `For ${token}, ${above} of ${4 * config.embDim} numbers are above 0.`;
    }
    case 'mlp.gelu': {
      const row = Array.from(rowOf(data, `${h}.mlp.hidden`, chosen));
      const most = argMax(row);
      return `For ${token}, ${activeUnits(data, layer, chosen)} of ${row.length} units are active; the strongest is number ${most + 1}, with ${number(row[most]!)}.`;
    }
    case 'mlp.out':
      return (
        replaced(data, `${h}.mlp`, 'The MLP') ??
        `For ${token}, ${activeUnits(data, layer, chosen)} active units become ${config.embDim} numbers, a vector of length ${number(addedAt(data, `${h}.resid_mid`, `${h}.resid_post`, chosen))}.`
      );
    case 'resid_post':
      return changed(look, `${h}.resid_mid`, `${h}.resid_post`);
    case 'attn.out':
      return `${config.nHeads} heads with ${config.embDim / config.nHeads} numbers each become ${config.embDim} numbers for ${token}, a vector of length ${number(addedAt(data, before, `${h}.resid_mid`, chosen))}.`;
    default:
      return inHead(step, layer, Math.min(head, config.nHeads - 1), look);
  }
}

function inHead(step: string, layer: number, head: number, look: Look): string {
  const {data, chosen} = look;
  const {config, tokens} = data;
  const T = tokens.length;
  const name = `head ${head + 1}`;
  const token = tokenAt(look, chosen);
  const sources = mainSources(headRow(data, layer, head, chosen)).slice(0, 2);
  const width = config.embDim / config.nHeads;
  switch (step) {
    case 'attn.q':
      return `In ${name}, ${token} asks with ${width} numbers${furthestInWords(look, `h.${layer}.attn.q`, head, chosen)}.`;
    case 'attn.k':
      return `In ${name}, ${token} can be found by ${width} numbers${furthestInWords(look, `h.${layer}.attn.k`, head, chosen)}.`;
    case 'attn.v':
      return `In ${name}, ${token} passes on ${width} numbers${furthestInWords(look, `h.${layer}.attn.v`, head, chosen)}.`;
    case 'attn.scores': {
      const row = headNumbers(look, `h.${layer}.attn.scores`, head, chosen);
      if (!row) return `In ${name}, ${token} meets the keys of all ${T} tokens.${LATER}`;
      const best = argMax(row);
      return `In ${name}, the query of ${token} matches the key of ${tokenAt(look, best)} best: ${number(row[best]!)}.${LATER}`;
    }
    case 'attn.mask': {
      if (config.causal === false) return 'This model masks nothing.';
      const later = T - 1 - chosen;
      return `For ${token}, ${later === 0 ? 'the last token, nothing is' : later === 1 ? '1 later token is' : `${later} later tokens are`} masked; for the first token, all but itself. In all, ${(T * (T - 1)) / 2} of ${T * T} scores become −∞.${LATER}`;
    }
    case 'attn.softmax':
      return `In ${name}, ${token} gives ${sources.map((source) => `${share(source.weight)} of its attention to ${other(look, source.token)}`).join(' and ')}.`;
    default:
      return (
        replaced(data, `h.${layer}.attn.${head}`, `Head ${head + 1}`) ??
        `In ${name}, ${token} takes in ${sources.map((source) => `${share(source.weight)} of ${source.token === chosen ? 'its own value' : `the value of ${tokenAt(look, source.token)}`}`).join(' and ')}.`
      );
  }
}

/** What is said of a part whose own output does not go on. */
function replaced({off, patched}: ArchitectureData, part: string, name: string): string | undefined {
  if (off.includes(part)) return `${name} is switched off: zeros go on from here.`;
  if (patched?.includes(part)) return `${name} is patched: what goes on from here is from the other text.`;
  return undefined;
}

function normalized({data, chosen}: Look, from: string): string {
  if (data.config.norm === 'post') return '';
  const row = Array.from(rowOf(data, from, chosen));
  const middle = mean(row);
  const deviation = Math.sqrt(mean(row.map((value) => (value - middle) ** 2)));
  const before = number(deviation, 2);
  return `For ${visibleToken(data.tokens[chosen]!)}, the mean goes from ${number(middle, 2)} to 0, and the standard deviation ${Number(before) === 1 ? 'stays near 1' : `from ${before} to 1`}.`;
}

/** What an addition does to the chosen token’s stream, and to the guess. */
function changed({data, chosen}: Look, from: string, to: string): string {
  const length = (name: string): string => number(normAt(data, name, chosen), 2);
  const point = streamPoints(data.config).indexOf(to);
  const [first] = followedGuesses(data, chosen);
  const [before, after] = [first?.shares[point - 1], first?.shares[point]];
  const guess =
    first && before !== undefined && after !== undefined
      ? ` Read here, it predicts ${visibleToken(first.token)} with ${share(after)}; before, with ${share(before)}.`
      : '';
  return `The stream of ${visibleToken(data.tokens[chosen]!)} goes from length ${length(from)} to ${length(to)}.${guess}`;
}

/** “96 numbers from −0.31 to 0.42” */
function range({data, chosen}: Look, name: string): string {
  const row = Array.from(rowOf(data, name, chosen));
  return `${row.length} numbers from ${number(Math.min(...row), 2)} to ${number(Math.max(...row), 2)}`;
}

/** “, the one furthest from 0 is −2.31”; empty where they were not read. */
function furthestInWords(look: Look, name: string, head: number, token: number): string {
  const row = headNumbers(look, name, head, token);
  if (!row) return '';
  const most = furthest(row);
  return `; the one furthest from 0 is number ${most + 1}: ${number(row[most]!)}`;
}

/** What the other tokens get, so that the printed shares add up to 100 %; empty where rounding leaves nothing. */
function rest(shares: readonly number[], others: number): string {
  const printed = shares.map((one) => Number(/^[\d.]+/.exec(share(one))?.[0]));
  const left = 100 - printed.reduce((sum, one) => sum + one, 0);
  return left > 0
    ? `, and the other ${number(others)} tokens ${Number(left.toFixed(1))}\u00a0% together`
    : '';
}

/** A token’s row of one head, of a [H, T, …] tensor. */
function headNumbers({tensors}: Look, name: string, head: number, token: number): number[] | undefined {
  const tensor = tensors?.[name];
  if (!tensor) return undefined;
  const [, T, width] = tensor.shape as [number, number, number];
  const start = (head * T + token) * width;
  return Array.from((tensor.data as Float32Array).subarray(start, start + width));
}

const tokenAt = ({data}: Look, token: number): string => visibleToken(data.tokens[token]!);

const other = (look: Look, token: number): string =>
  token === look.chosen ? 'itself' : tokenAt(look, token);
