/** What a head does, in words: its habit, its scores. */
import {html, nothing, type TemplateResult} from 'lit';
import {NAMED_FROM, PATTERN_NAMES, type PatternName} from '../../math/attention-patterns.js';
import {decimals, number, percent} from '../../ui/format.js';
import type {AttentionData} from './attention-data.js';
import {asked, asking, signedText, weightText} from './attention-words.js';
import type {HeadChoice} from './choice.js';
import type {Comparison} from './compare.js';
import {headPattern, scoresAllHeads} from './head-pattern.js';

/** How each pattern is called, and where such a head looks. */
const PATTERNS: Record<PatternName, {name: string; place: string; where?: string}> = {
  previous: {name: 'previous token', place: 'the token just before'},
  first: {name: 'first token', place: 'the first token'},
  self: {name: 'itself', place: 'the asking token itself'},
  duplicate: {name: 'duplicate', place: 'where it stood before', where: 'where a token repeats, '},
  induction: {name: 'induction', place: 'what followed it before', where: 'where a token repeats, '},
};

/** One sentence: what this head does with this text. */
export function notable(data: AttentionData, {layer, head}: HeadChoice): TemplateResult | typeof nothing {
  const size = data.tokens.length;
  const pattern = size >= 3 ? headPattern(data, layer, head) : undefined;
  if (size < 3)
    return html`With ${size === 1 ? 'one token' : 'two tokens'} there is little to choose from: a longer text shows more.`;
  if (!pattern) return nothing;
  if (pattern.evenness > 0.97)
    return html`This head spreads its attention almost evenly: it does not tell the tokens apart (yet).`;
  if (pattern.leaning) {
    const {score, chance} = pattern.leaning;
    const {name, place, where} = PATTERNS[pattern.leaning.name];
    return html`${score >= NAMED_FROM ? 'This head’s habit,' : 'This head leans to'} “${name}”: ${where ?? ''}${percent(score)} of
      its attention goes to ${place} (spread evenly, it would be ${percent(chance)}).`;
  }
  if (!pattern.strongest) return nothing;
  const {query, key, weight} = pattern.strongest;
  return html`The strongest link to another token: ${asking(data, query)} looks at ${asked(data, key)} with
    weight <span class="number">${weightText(weight)}</span>.`;
}

/** One sentence: how a head differs from what it is compared with. */
export function notableDifference(data: AttentionData, {name, moved, largest}: Comparison): TemplateResult {
  const {query, key, value} = largest;
  if (!value) return html`No weight differs from that in ${name}.`;
  return html`Of a row’s attention, ${percent(moved)} goes elsewhere than in ${name}. The largest difference:
    ${asking(data, query)} → ${asked(data, key)}, <span class="number">${signedText(value)}</span>.`;
}

/** All scores of a head, small: what each means is in its tooltip and for those who listen. */
export function scoreLine(data: AttentionData, {layer, head}: HeadChoice): TemplateResult | typeof nothing {
  const pattern = data.tokens.length >= 3 ? headPattern(data, layer, head) : undefined;
  if (!pattern) return nothing;
  const {scores, entropy, evenness, leaning} = pattern;
  return html`<dl class="scores" part="scores">
    ${PATTERN_NAMES.map((name) => {
      const score = scores[name];
      const {name: called, place} = PATTERNS[name];
      return html`<div
        class=${leaning?.name === name ? 'named' : ''}
        title=${
          score
            ? `Share of the attention on ${place}, mean of ${score.queries} tokens; an even spread has ${decimals(score.chance, 2)}`
            : 'No token of this text repeats'
        }
      >
        <dt>${called}</dt>
        <dd>${score ? decimals(score.score, 2) : '–'}</dd>
      </div>`;
    })}
    <div title="Mean entropy of the rows: 0 looks at one token only. In brackets, the share of an even spread’s.">
      <dt>entropy</dt>
      <dd>${number(entropy, 2)} nats (${percent(evenness)})</dd>
    </div>
  </dl>`;
}

const SHORT: Record<PatternName, string> = {
  previous: 'previous',
  first: 'first',
  self: 'itself',
  duplicate: 'duplicate',
  induction: 'induction',
};

/** A head's habit for a label: “induction”, “induction .75”, a sentence. */
export interface Habit {
  name: string;
  short: string;
  long: string;
}

/** Empty where a head has none, or where finding all would take long. */
export function habitOf(data: AttentionData, {layer, head}: HeadChoice): Habit {
  const leaning = scoresAllHeads(data) && data.tokens.length >= 3 && headPattern(data, layer, head)?.leaning;
  if (!leaning) return {name: '', short: '', long: ''};
  const name = SHORT[leaning.name];
  const score = decimals(leaning.score, 2);
  return {
    name,
    short: `${name} ${score.replace(/^0/, '')}`,
    long: `${PATTERNS[leaning.name].name} ${score}: ${percent(leaning.score)} of its attention goes to ${PATTERNS[leaning.name].place}`,
  };
}
