/** What a head does, in words: its habit, its scores. */
import {html, nothing, type TemplateResult} from 'lit';
import {TALE_LINK_NAMES} from '../../data/tiny-tales/links.js';
import {NAMED_FROM, PATTERN_NAMES} from '../../math/attention-patterns.js';
import {decimals, number, percent} from '../../ui/base/format.js';
import {type AttentionData, headMatrix} from './attention-data.js';
import {asked, asking, signedText, weightText} from './attention-words.js';
import type {HeadChoice} from './choice.js';
import type {Comparison} from './compare.js';
import {type HabitName, type HeadPattern, strongestLink} from './head-pattern.js';

interface PatternWords {
  name: string;
  /** Where such a head looks. */
  place: string;
  /** Where it has a reason to. */
  where?: string;
}

const PATTERNS: Record<HabitName, PatternWords> = {
  previous: {name: 'previous token', place: 'the token just before'},
  first: {name: 'first token', place: 'the first token'},
  self: {name: 'itself', place: 'the asking token itself'},
  duplicate: {name: 'duplicate', place: 'where it stood before', where: 'where a token repeats, '},
  induction: {name: 'induction', place: 'what followed it before', where: 'where a token repeats, '},
  pronoun: {
    name: 'pronoun',
    place: 'the words that settle “she” or “he”',
    where: 'just before a pronoun, ',
  },
  name: {name: 'name again', place: 'the names so far', where: 'just before a name comes again, '},
  thing: {
    name: 'thing again',
    place: 'where it was named',
    where: 'just before a thing is named again, ',
  },
};
/** Patterns of the place before a word: it is there that the model guesses the word. */
const ahead: readonly string[] = TALE_LINK_NAMES;

const places = (count: number): string => (count === 1 ? 'one place' : `${count} places`);

/** One sentence: what this head does with this text. @param pattern Absent while it is being found. */
export function notable(
  data: AttentionData,
  {layer, head}: HeadChoice,
  pattern: HeadPattern | undefined,
): TemplateResult | typeof nothing {
  const size = data.tokens.length;
  if (size < 3)
    return html`With ${size === 1 ? 'one token' : 'two tokens'} there is little to choose from: a longer text shows more.`;
  if (!pattern) return nothing;
  if (pattern.evenness > 0.97)
    return html`This head spreads its attention almost evenly: it does not tell the tokens apart (yet).`;
  if (pattern.leaning) {
    const {score, chance, queries} = pattern.leaning;
    const {name, place, where} = PATTERNS[pattern.leaning.name];
    return html`${score >= NAMED_FROM ? 'This head’s habit,' : 'This head leans to'} “${name}”: ${where ?? ''}${percent(score)} of
      its attention goes to ${place} (${places(queries)}; spread evenly, it would be
      ${percent(chance)}).${ahead.includes(pattern.leaning.name) ? ' There the model guesses the next word.' : nothing}`;
  }
  const strongest = strongestLink(headMatrix(data.weights[layer]!, head, size), size, data.causal);
  if (!strongest) return nothing;
  const {query, key, weight} = strongest;
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

/** All scores of a head, small: what each means is in its tooltip and for those who listen. @param pattern Absent while it is being found. */
export function scoreLine(pattern: HeadPattern | undefined): TemplateResult | typeof nothing {
  if (!pattern) return nothing;
  const {scores, entropy, evenness, leaning} = pattern;
  const names: readonly HabitName[] = [...PATTERN_NAMES, ...TALE_LINK_NAMES.filter((name) => scores[name])];
  return html`<dl class="scores" part="scores">
    ${names.map((name) => {
      const score = scores[name];
      const {name: called, place, where} = PATTERNS[name];
      return html`<div
        class=${leaning?.name === name ? 'named' : ''}
        title=${
          score
            ? `${where ? `${where[0]!.toUpperCase()}${where.slice(1)}the` : 'The'} share of the attention on ${place}, mean of ${places(score.queries)}; an even spread has ${decimals(score.chance, 2)}`
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

const SHORT: Record<HabitName, string> = {
  previous: 'previous',
  first: 'first',
  self: 'itself',
  duplicate: 'duplicate',
  induction: 'induction',
  pronoun: 'pronoun',
  name: 'name',
  thing: 'thing',
};

/** A head's habit for a label: “induction”, “induction .75”, a sentence. */
export interface Habit {
  name: string;
  short: string;
  long: string;
}

/** Empty where a head has none, or none is known. */
export function habitOf(pattern: HeadPattern | undefined): Habit {
  const leaning = pattern?.leaning;
  if (!leaning) return {name: '', short: '', long: ''};
  const name = SHORT[leaning.name];
  const {name: called, place, where} = PATTERNS[leaning.name];
  const score = decimals(leaning.score, 2);
  return {
    name,
    short: `${name} ${score.replace(/^0/, '')}`,
    long: `${called} ${score}: ${where ?? ''}${percent(leaning.score)} of its attention goes to ${place}`,
  };
}
