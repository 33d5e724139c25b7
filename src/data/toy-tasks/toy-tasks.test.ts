import {expect} from '@open-wc/testing';
import {entropy} from '../../math/stats.js';
import {loadCorpus} from '../loaders.js';
import {answerStart, TOY_TASKS, toyAnswer, toyCorpus} from './index.js';

const linesOf = (task: (typeof TOY_TASKS)[number], examples = 4000) =>
  toyCorpus({task, examples}).text.trimEnd().split('\n');

/** Entropy in nats of what was counted. */
function counted(values: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return entropy([...counts.values()].map((n) => n / values.length));
}

describe('toy tasks', () => {
  it('ask what they say, and give the one right answer', () => {
    for (const task of TOY_TASKS)
      for (const line of linesOf(task)) {
        const at = answerStart(line);
        expect(line.slice(at), line).to.equal(toyAnswer(task, line.slice(0, at)));
      }
    expect(toyAnswer('copy', 'cabf=')).to.equal('cabf');
    expect(toyAnswer('reverse', 'cabf=')).to.equal('fbac');
    expect(toyAnswer('sort', 'jcabfc=')).to.equal('abccfj');
    expect(toyAnswer('add', '47+58=')).to.equal('105');
    expect(toyAnswer('induction', 'd3 a7 f1 c4 a')).to.equal('7');
  });

  it('have the forms that are documented', () => {
    const word = /^([a-j]{3,6})=[a-j]{3,6}$/;
    const forms = {copy: word, reverse: word, sort: word, add: /^\d{1,2}\+\d{1,2}=\d{1,3}$/};
    for (const [task, form] of Object.entries(forms))
      for (const line of linesOf(task as keyof typeof forms)) expect(line).to.match(form);
    for (const line of linesOf('induction')) {
      expect(line).to.match(/^([a-j]\d ){4}[a-j]\d$/);
      const keys = line
        .split(' ')
        .slice(0, 4)
        .map((pair) => pair[0]);
      expect(new Set(keys).size, line).to.equal(4);
      expect(keys).to.include(line.at(-2));
    }
  });

  it('are the same for the same seed, and begin alike however many', () => {
    const few = toyCorpus({task: 'sort', seed: 3, examples: 10}).text;
    expect(toyCorpus({task: 'sort', seed: 3, examples: 50}).text.startsWith(few)).to.equal(true);
    expect(toyCorpus({task: 'sort', seed: 4, examples: 10}).text).to.not.equal(few);
  });

  it('have the entropy that is counted in their lines', () => {
    const examples = 40_000;
    const perLine = {
      copy: (lines: string[]) => words(lines),
      reverse: (lines: string[]) => words(lines),
      sort: (lines: string[]) => words(lines),
      add: (lines: string[]) =>
        counted(lines.map((line) => line.split('+')[0]!)) +
        counted(lines.map((line) => line.split(/[+=]/)[1]!)),
      // The letters of the pairs depend on each other, so they are counted together; the rest does not.
      induction: (lines: string[]) =>
        counted(lines.map((line) => line.replace(/\d /g, '').slice(0, 2))) +
        Math.log(8) + // the third and the fourth letter among those that are left
        Math.log(7) +
        [1, 4, 7, 10].reduce((sum, at) => sum + counted(lines.map((line) => line[at]!)), 0) +
        counted(lines.map((line) => String(line.indexOf(line.at(-2)!)))),
    };
    function words(lines: string[]): number {
      const asked = lines.map((line) => line.split('=')[0]!);
      const letters = asked.join('');
      return (
        counted(asked.map((word) => String(word.length))) +
        (letters.length / lines.length) * counted([...letters])
      );
    }
    for (const task of TOY_TASKS) {
      const {text, entropyPerCharacter} = toyCorpus({task, examples});
      const nats = perLine[task](text.trimEnd().split('\n'));
      expect(nats / (text.length / examples), task).to.be.closeTo(entropyPerCharacter!, 0.005);
    }
  });

  it('refuse what is none', () => {
    expect(() => toyCorpus({task: 'juggle' as 'copy'})).to.throw(RangeError, 'Known: copy');
    expect(() => toyCorpus({task: 'copy', examples: 0})).to.throw(RangeError, 'at least 1');
  });

  it('are corpora like others', async () => {
    const corpus = await loadCorpus({kind: 'toy', task: 'add', seed: 2, examples: 30});
    expect(corpus).to.deep.equal(toyCorpus({task: 'add', seed: 2, examples: 30}));
    expect(corpus.name).to.equal('toy task: add');
  });
});
