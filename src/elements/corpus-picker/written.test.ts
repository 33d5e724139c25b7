import {expect} from '@open-wc/testing';
import {corpusEntry} from '../../data/registry.js';
import {TOY_TASKS, tasks} from '../../data/toy-tasks/tasks.js';
import {WRITTEN} from './written.js';

describe('what models wrote after the built-in texts', () => {
  it('is marked as wrong where a task has another answer, and only there', () => {
    for (const task of TOY_TASKS) {
      const {prompt, text, isWrong = false} = WRITTEN[task]!;
      expect(tasks[task].answer(prompt!) !== text, task).to.equal(isWrong);
    }
  });

  it('belongs to texts that the library offers', () => {
    for (const id of Object.keys(WRITTEN)) expect(corpusEntry(id), id).to.not.equal(undefined);
  });
});
