/** Reading stories: the probability that the grammar gives a text, from the text alone. */
import {GRAMMAR, optionsFor, remember, type Story, type Template} from './grammar.js';
import {KINDS} from './words.js';

/**
 * Natural log of the probability that the grammar tells exactly this story (its newline may be left out);
 * −Infinity where the text is no story of the grammar.
 *
 * A story comes about in one way only, so this is minus the sum of what each choice costs: ln n for one of n.
 */
export function logProbability(story: string): number {
  return derivations(story)[0] ?? Number.NEGATIVE_INFINITY;
}

/** ln p of every way in which the grammar can tell the text: none, or (the grammar being unambiguous) one. */
export function derivations(story: string): number[] {
  const text = story.endsWith('\n') ? story : `${story}\n`;
  const found: number[] = [];

  /** Reads on from `at` with part `i` of a template; `cost` is −ln p of the choices so far. */
  const read = (
    at: number,
    partOfPlot: number,
    template: Template,
    i: number,
    story: Story,
    cost: number,
  ): void => {
    const part = template[i];
    if (!part) startTemplate(at, partOfPlot + 1, story, cost);
    else if ('literal' in part) {
      if (text.startsWith(part.literal, at))
        read(at + part.literal.length, partOfPlot, template, i + 1, story, cost);
    } else {
      const options = optionsFor(part.slot, story);
      for (const word of options)
        if (text.startsWith(word, at))
          read(
            at + word.length,
            partOfPlot,
            template,
            i + 1,
            remember(story, part.slot, word),
            cost + Math.log(options.length),
          );
    }
  };

  const startTemplate = (at: number, partOfPlot: number, story: Story, cost: number): void => {
    const templates = GRAMMAR[partOfPlot];
    if (!templates) {
      if (at === text.length) found.push(-cost);
      return;
    }
    for (const template of templates)
      read(at, partOfPlot, template, 0, story, cost + Math.log(templates.length));
  };

  for (const kind of KINDS) startTemplate(0, 0, {kind, remembered: {}}, Math.log(KINDS.length));
  return found;
}
