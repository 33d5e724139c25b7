/** The grammar of tiny-tales: the templates of `plot.ts` taken apart, and what a slot can become in a given story. */
import {PLOT} from './plot.js';
import {BOYS, DIFFERENT, GIRLS, type Kind, LISTS, REMEMBERED, type Remembered} from './words.js';

/** Written as it stands, or a slot to be filled. */
export type Part = {literal: string} | {slot: string};
export type Template = readonly Part[];

/** What has been settled so far in one story. */
export interface Story {
  kind: Kind;
  remembered: Partial<Record<Remembered, string>>;
}

/** Pronouns agree with the hero: [for a girl, for a boy]. */
export const PRONOUNS: Readonly<Record<string, readonly [string, string]>> = {
  she: ['she', 'he'],
  She: ['She', 'He'],
  Her: ['Her', 'His'],
  him: ['her', 'him'],
};

/** The plot, parsed: part of the plot → templates → parts. Sentences are joined by a space, stories by a newline. */
export const GRAMMAR: readonly (readonly Template[])[] = PLOT.map((templates, i) =>
  templates.map((text) => parseTemplate(text + (i === PLOT.length - 1 ? '\n' : ' '))),
);

function parseTemplate(text: string): Template {
  return text
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece.startsWith('{') ? {slot: piece.slice(1, -1)} : {literal: piece}));
}

export function isRemembered(slot: string): slot is Remembered {
  return (REMEMBERED as readonly string[]).includes(slot);
}

/** The words of a list in stories of a kind. */
export function wordsOf(slot: string, kind: Kind): readonly string[] {
  const list = LISTS[slot];
  if (!list) throw new Error(`The plot names a list “${slot}” that words.ts does not have.`);
  return Array.isArray(list) ? (list as readonly string[]) : (list as Record<Kind, readonly string[]>)[kind];
}

/**
 * What a slot can become here, all equally likely: one entry where it is settled (a pronoun, a name mentioned before),
 * more where it is a choice.
 */
export function optionsFor(slot: string, {kind, remembered}: Story): readonly string[] {
  const pronoun = PRONOUNS[slot];
  if (pronoun) return [pronoun[GIRLS.includes(remembered.hero!) ? 0 : 1]];
  const settled = isRemembered(slot) ? remembered[slot] : undefined;
  if (settled !== undefined) return [settled];
  const words = wordsOf(slot, kind);
  const other = DIFFERENT[slot];
  return other ? words.filter((word) => word !== remembered[other]) : words;
}

/** The story with a slot's word settled, where the slot is one that is remembered. */
export function remember(story: Story, slot: string, word: string): Story {
  return isRemembered(slot) ? {...story, remembered: {...story.remembered, [slot]: word}} : story;
}

/** Every word that the grammar can write, as it is written (“She” and “she” are two). */
export function vocabulary(): Set<string> {
  const texts = [
    ...PLOT.flat().map((template) => template.replace(/\{\w+\}/g, ' ')),
    ...Object.values(LISTS).flatMap((list) => (Array.isArray(list) ? list : Object.values(list).flat())),
    ...Object.values(PRONOUNS).flat(),
    ...GIRLS,
    ...BOYS,
  ];
  return new Set(texts.join(' ').match(/[A-Za-z]+/g));
}
