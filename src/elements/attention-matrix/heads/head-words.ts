/** What a head does, in words: its strongest pattern, its scores. */
import {html, nothing, type TemplateResult} from 'lit';
import {TALE_LINK_NAMES} from '../../../data/tiny-tales/links.js';
import {NAMED_FROM, PATTERN_NAMES} from '../../../math/attention-patterns.js';
import {decimals, number, percent} from '../../../ui/base/format.js';
import {type AttentionData, headMatrix} from '../data/attention-data.js';
import type {HeadChoice} from '../data/choice.js';
import type {Comparison} from '../data/compare.js';
import {keyToken, queryToken, signedText, weightText} from '../view/attention-words.js';
import {type HeadPattern, type HeadPatternName, strongestLink} from './head-pattern.js';

interface PatternWords {
  name: string;
  /** What such a head looks at. */
  target: string;
  /** Which tokens can show the pattern. */
  where?: string;
}

const PATTERNS: Record<HeadPatternName, PatternWords> = {
  previous: {name: 'previous token', target: 'the token just before'},
  first: {name: 'first token', target: 'the first token'},
  self: {name: 'itself', target: 'the token itself'},
  duplicate: {name: 'duplicate', target: 'its earlier occurrence', where: 'where a token repeats, '},
  induction: {
    name: 'induction',
    target: 'the token that followed it before',
    where: 'where a token repeats, ',
  },
  pronoun: {
    name: 'pronoun',
    target: 'the words that decide “she” or “he”',
    where: 'just before a pronoun, ',
  },
  name: {name: 'repeated name', target: 'the names so far', where: 'just before a repeated name, '},
  thing: {
    name: 'repeated thing',
    target: 'its first mention',
    where: 'just before a repeated thing, ',
  },
};
/** Patterns at the token before a word: there the model predicts the word. */
const predicting: readonly string[] = TALE_LINK_NAMES;

const tokensText = (count: number): string => (count === 1 ? 'one token' : `${count} tokens`);

/** Says in one sentence what this head does on this text. @param pattern Undefined until the head is scored */
export function notable(
  data: AttentionData,
  {layer, head}: HeadChoice,
  pattern: HeadPattern | undefined,
): TemplateResult | typeof nothing {
  const size = data.tokens.length;
  if (size < 3)
    return html`With ${tokensText(size)} there is little to choose from. A longer text shows more.`;
  if (!pattern) return nothing;
  if (pattern.evenness > 0.97) return html`This head spreads its attention almost evenly over all tokens.`;
  if (pattern.strongest) {
    const {score, chance, queries} = pattern.strongest;
    const {name, target, where} = PATTERNS[pattern.strongest.name];
    return html`${score >= NAMED_FROM ? 'This head’s pattern is' : 'This head tends to'} “${name}”: ${where ?? ''}${percent(score)} of
      its attention goes to ${target} (mean of ${tokensText(queries)}; an even spread has
      ${percent(chance)}).${predicting.includes(pattern.strongest.name) ? ' There the model predicts the next word.' : nothing}`;
  }
  const strongest = strongestLink(headMatrix(data.weights[layer]!, head, size), size, data.causal);
  if (!strongest) return nothing;
  const {query, key, weight} = strongest;
  return html`The strongest link to another token: ${queryToken(data, query)} looks at ${keyToken(data, key)} with
    weight <span class="number">${weightText(weight)}</span>.`;
}

/** Says in one sentence how a head differs from what it is compared with. */
export function notableDifference(data: AttentionData, {name, moved, largest}: Comparison): TemplateResult {
  const {query, key, value} = largest;
  if (!value) return html`All weights are the same as in ${name}.`;
  return html`${percent(moved)} of a row’s attention is on other tokens than in ${name}. Largest difference:
    ${queryToken(data, query)} → ${keyToken(data, key)}, <span class="number">${signedText(value)}</span>.`;
}

/** Renders all scores of a head; tooltips explain them. @param pattern Undefined until the head is scored */
export function scoreLine(pattern: HeadPattern | undefined): TemplateResult | typeof nothing {
  if (!pattern) return nothing;
  const {scores, entropy, evenness, strongest} = pattern;
  const names: readonly HeadPatternName[] = [
    ...PATTERN_NAMES,
    ...TALE_LINK_NAMES.filter((name) => scores[name]),
  ];
  return html`<dl class="scores" part="scores">
    ${names.map((name) => {
      const score = scores[name];
      const {name: title, target, where} = PATTERNS[name];
      return html`<div
        class=${strongest?.name === name ? 'named' : ''}
        title=${
          score
            ? `${where ? `${where[0]!.toUpperCase()}${where.slice(1)}the` : 'The'} share of the attention on ${target}, mean of ${tokensText(score.queries)}; an even spread has ${decimals(score.chance, 2)}`
            : 'No token of this text repeats'
        }
      >
        <dt>${title}</dt>
        <dd>${score ? decimals(score.score, 2) : '–'}</dd>
      </div>`;
    })}
    <div title="Mean entropy of the rows: 0 if each looks at one token only. In brackets: relative to an even spread.">
      <dt>entropy</dt>
      <dd>${number(entropy, 2)} nats (${percent(evenness)})</dd>
    </div>
  </dl>`;
}

const SHORT: Record<HeadPatternName, string> = {
  previous: 'previous',
  first: 'first',
  self: 'itself',
  duplicate: 'duplicate',
  induction: 'induction',
  pronoun: 'pronoun',
  name: 'name',
  thing: 'thing',
};

/** A head's strongest pattern for a label: “thing”, “repeated thing”, a sentence. */
export interface PatternLabel {
  short: string;
  title: string;
  long: string;
}

/** Returns the label of a head; empty if it follows no pattern, or until it is scored. */
export function patternLabel(pattern: HeadPattern | undefined): PatternLabel {
  const strongest = pattern?.strongest;
  if (!strongest) return {short: '', title: '', long: ''};
  const {name: title, target, where} = PATTERNS[strongest.name];
  const score = decimals(strongest.score, 2);
  return {
    short: SHORT[strongest.name],
    title,
    long: `${title} ${score}: ${where ?? ''}${percent(strongest.score)} of its attention goes to ${target}`,
  };
}
