/** Sentences about what is highlighted: a cell and its arithmetic, a row, a column. */
import {html, nothing, type TemplateResult} from 'lit';
import {entropy} from '../../../math/stats.js';
import {decimals, number, percent, visibleToken} from '../../../ui/base/format.js';
import {type AttentionData, cellArithmetic, headMatrix} from '../data/attention-data.js';
import type {HeadChoice, Highlight} from '../data/choice.js';
import type {Comparison} from '../data/compare.js';

/** A token in a sentence; with its position, counted from 1, if the text has it more than once. */
function named(data: AttentionData, index: number, side: 'query' | 'key'): TemplateResult {
  const token = html`<span class="token ${side}">${visibleToken(data.tokens[index]!)}</span>`;
  return isRepeated(data, index) ? html`${token}<sub>${index + 1}</sub>` : token;
}
function isRepeated({tokens}: AttentionData, index: number): boolean {
  return tokens.indexOf(tokens[index]!) !== tokens.lastIndexOf(tokens[index]!);
}
export const queryToken = (data: AttentionData, index: number) => named(data, index, 'query');
export const keyToken = (data: AttentionData, index: number) => named(data, index, 'key');
export const weightText = (weight: number): string => number(weight, weight < 0.1 ? 2 : 3);

/** Describes what is highlighted. */
export function reading(
  data: AttentionData,
  choice: HeadChoice,
  highlighted: Highlight,
  compared?: Comparison,
): TemplateResult | typeof nothing {
  if (!data.weights[choice.layer]) return nothing;
  if (highlighted.query !== undefined && highlighted.key !== undefined)
    return compared && !(data.causal && highlighted.key > highlighted.query)
      ? differenceReading(data, choice, highlighted.query, highlighted.key, compared)
      : cellReading(data, choice, highlighted.query, highlighted.key);
  if (highlighted.query !== undefined) return rowReading(data, choice, highlighted.query);
  return highlighted.key === undefined ? nothing : columnReading(data, choice, highlighted.key);
}

function cellReading(
  data: AttentionData,
  {layer, head}: HeadChoice,
  query: number,
  key: number,
): TemplateResult {
  const [from, to] = [queryToken(data, query), keyToken(data, key)];
  if (data.causal && key > query)
    return html`${from} cannot look at ${to}: it comes later in the text, so its score is masked before the softmax and
      its weight is 0.`;
  const {weight, product, width, score} = cellArithmetic(data, layer, head, query, key);
  const tokens = data.causal ? query + 1 : data.tokens.length;
  return html`${from} gives <b>${percent(weight)}</b> of its attention to ${query === key ? 'itself' : to}. <details class="more"><summary>The arithmetic</summary>${from} → ${to}: ${
    product !== undefined
      ? html`q·k = <span class="number">${number(product)}</span>, ÷ √${width} =
          <span class="number">${number(score!)}</span>, `
      : score !== undefined
        ? html`score <span class="number">${number(score)}</span>, `
        : nothing
  }${score !== undefined ? html`softmax over ${tokens === 1 ? 'one token' : `${tokens} tokens`} → ` : 'weight '}<strong
      class="number"
      title=${weight}
      >${weightText(weight)}</strong
    >. ${rowFacts(data, {layer, head}, query)}</details>`;
}

function differenceReading(
  data: AttentionData,
  {layer, head}: HeadChoice,
  query: number,
  key: number,
  {other, difference, name}: Comparison,
): TemplateResult {
  const {weight} = cellArithmetic(data, layer, head, query, key);
  const index = query * data.tokens.length + key;
  return html`${queryToken(data, query)} → ${keyToken(data, key)}: <span class="number">${weightText(weight)}</span> here,
    <span class="number">${weightText(other[index]!)}</span> in ${name}:
    <strong class="number" title=${difference[index]!}>${signedText(difference[index]!)}</strong>.`;
}

export const signedText = (value: number): string => `${value > 0 ? '+' : ''}${decimals(value, 3)}`;

/** Says what a row adds up to, and over how many tokens it is spread. */
function rowFacts(data: AttentionData, {layer, head}: HeadChoice, query: number): TemplateResult {
  const size = data.tokens.length;
  const row = headMatrix(data.weights[layer]!, head, size).subarray(query * size, (query + 1) * size);
  const nats = entropy(row);
  return html`<span class="row-facts"
    >Its row adds up to <span class="number">${decimals(
      row.reduce((sum, weight) => sum + weight, 0),
      3,
    )}</span>; its
    entropy is <span class="number">${decimals(nats, 2)}</span> nats, as of an even spread over
    <span class="number">${decimals(Math.exp(nats), 1)}</span> tokens.</span
  >`;
}

function rowReading(data: AttentionData, {layer, head}: HeadChoice, query: number): TemplateResult {
  const size = data.tokens.length;
  const row = headMatrix(data.weights[layer]!, head, size).subarray(query * size, (query + 1) * size);
  const order = [...row.keys()].sort((a, b) => row[b]! - row[a]!);
  const [first, second] = order as [number, number?];
  const link = (key: number) =>
    html`${key === query ? 'itself' : keyToken(data, key)} (<span class="number">${weightText(row[key]!)}</span>)`;
  return html`${queryToken(data, query)} looks most at ${link(first)}${
    second !== undefined && row[second]! > 0 ? html`, then at ${link(second)}` : ', the only token it can see'
  }. ${rowFacts(data, {layer, head}, query)}`;
}

function columnReading(data: AttentionData, {layer, head}: HeadChoice, key: number): TemplateResult {
  const size = data.tokens.length;
  const weights = headMatrix(data.weights[layer]!, head, size);
  let best = -1;
  for (let query = 0; query < size; query++)
    if (
      query !== key &&
      !(data.causal && key > query) &&
      (best < 0 || weights[query * size + key]! > weights[best * size + key]!)
    )
      best = query;
  const token = keyToken(data, key);
  return best < 0
    ? html`No other token can look at ${token}: it is the last one.`
    : html`${token} is looked at most by ${queryToken(data, best)} (<span class="number"
          >${weightText(weights[best * size + key]!)}</span
        >).`;
}

/** Describes a cell for screen readers. */
export function spokenCell(
  data: AttentionData,
  {layer, head}: HeadChoice,
  query: number,
  key: number,
): string {
  const spoken = (index: number) =>
    [
      visibleToken(data.tokens[index]!),
      isRepeated(data, index) ? ` (token ${index + 1})` : '',
      data.written !== undefined && index >= data.written ? ' (written by the model)' : '',
    ].join('');
  const [from, to] = [spoken(query), spoken(key)];
  if (data.causal && key > query) return `${from} cannot look at ${to}: masked, it comes later`;
  return `${from} looks at ${to}: ${weightText(cellArithmetic(data, layer, head, query, key).weight)}`;
}
