import {expect} from '@open-wc/testing';
import {GRAMMAR, isRemembered, type Part, PRONOUNS, type Template, vocabulary, wordsOf} from './grammar.js';
import {PLOT} from './plot.js';
import {DIFFERENT, KINDS, LISTS, REMEMBERED} from './words.js';

const parts = GRAMMAR.flat(2);
const slots = new Set(parts.flatMap((part) => ('slot' in part ? [part.slot] : [])));

describe('the grammar of tiny-tales', () => {
  it('uses every list, and names none that does not exist', () => {
    expect([...slots].sort()).to.deep.equal([...Object.keys(LISTS), ...Object.keys(PRONOUNS)].sort());
    expect([...slots]).to.include.members([...REMEMBERED]);
  });

  it('has no word twice in a list, so that a word is a choice of one n-th', () => {
    for (const slot of Object.keys(LISTS))
      for (const kind of KINDS)
        expect(new Set(wordsOf(slot, kind)).size).to.equal(wordsOf(slot, kind).length);
  });

  it('has in the lists that must differ the same words, so that exactly one is ruled out', () => {
    for (const [slot, other] of Object.entries(DIFFERENT))
      for (const kind of KINDS) expect(wordsOf(slot, kind)).to.deep.equal(wordsOf(other, kind));
  });

  it('introduces in all templates of a part the same things, if a later part can mention them', () => {
    for (const [i, templates] of GRAMMAR.entries()) {
      const later = new Set(GRAMMAR.slice(i + 1).flatMap((list) => list.flatMap((t) => [...mentions(t)])));
      const before = new Set(GRAMMAR.slice(0, i).flatMap((list) => list.flatMap((t) => [...mentions(t)])));
      const introduced = templates.map((t) =>
        [...mentions(t)].filter((s) => later.has(s) && !before.has(s)).sort(),
      );
      for (const each of introduced) expect(each, PLOT[i]!.join('|')).to.deep.equal(introduced[0]);
    }
  });

  it('names the hero before any pronoun, and what must differ after what it differs from', () => {
    for (const first of GRAMMAR[0]!) {
      const order = first.flatMap((part) => ('slot' in part ? [part.slot] : []));
      const pronoun = order.findIndex((slot) => PRONOUNS[slot]);
      if (pronoun >= 0) expect(order.indexOf('hero')).to.be.within(0, pronoun);
      for (const other of Object.values(DIFFERENT)) expect(order).to.include(other);
      for (const slot of Object.keys(DIFFERENT)) expect(order).to.not.include(slot);
    }
  });

  /**
   * Unambiguous by construction: any two templates of a part have, at the same place of the same course of
   * words before, sets of words that share none. Read from the left, the first such place decides.
   */
  it('can tell a text in one way only: two templates of a part differ at a fixed word', () => {
    for (const kind of KINDS)
      for (const templates of GRAMMAR)
        for (const [i, a] of templates.entries())
          for (const b of templates.slice(i + 1))
            expect(
              differAtAFixedWord(wordSets(a, kind), wordSets(b, kind)),
              `${show(a)} | ${show(b)}`,
            ).to.equal(true);
    const things = KINDS.map((kind) => wordsOf('thing', kind));
    expect(new Set(things.flat()).size, 'the thing tells the kind').to.equal(things.flat().length);
  });

  it('tells any two templates with the same opening words apart (a check of the check)', () => {
    const [a, b] = [
      [new Set(['They']), new Set(['sat', 'ran'])],
      [new Set(['They']), new Set(['ran'])],
    ];
    expect(differAtAFixedWord(a!, b!)).to.equal(false);
  });

  it('knows every word that it can write', () => {
    for (const word of ['Mia', 'She', 'His', 'kite', 'They', 'One', 'noon', 'you', 'I'])
      expect(vocabulary().has(word), word).to.equal(true);
    expect([...vocabulary()].every((word) => /^[A-Z]?[a-z]*$/.test(word))).to.equal(true);
  });
});

function mentions(template: Template): Set<string> {
  return new Set(template.flatMap((part) => ('slot' in part && isRemembered(part.slot) ? [part.slot] : [])));
}

/** For each word of a template the words that can stand there; ends where a slot's options differ in their number of words. */
function wordSets(template: Template, kind: (typeof KINDS)[number]): Set<string>[] {
  const sets: Set<string>[] = [];
  for (const part of template) {
    const options = (
      PRONOUNS[slotOf(part)] ?? ('slot' in part ? wordsOf(part.slot, kind) : [part.literal])
    ).map((option) => option.match(/[A-Za-z]+|[^A-Za-z\s]/g) ?? []);
    const length = options[0]!.length;
    for (let i = 0; i < Math.min(...options.map((option) => option.length)); i++)
      sets.push(new Set(options.map((option) => option[i]!)));
    if (options.some((option) => option.length !== length)) break;
  }
  return sets;
}

function slotOf(part: Part): string {
  return 'slot' in part ? part.slot : '';
}

function differAtAFixedWord(a: Set<string>[], b: Set<string>[]): boolean {
  return a.some((words, i) => b[i] !== undefined && ![...words].some((word) => b[i]!.has(word)));
}

function show(template: Template): string {
  return template.map((part) => ('slot' in part ? `{${part.slot}}` : part.literal)).join('');
}
