import {expect} from '@open-wc/testing';
import type {Check} from './check.js';
import type {ModelSource} from './declaration.js';
import {ModelCalls} from './model-calls.js';

/** Given data need no model: nothing is asked of any. */
export const worksFromGivenData: Check = {
  title: 'works from given data, and asks no model for anything',
  applies: ({given, alone}) => given !== undefined || alone === true,
  async run(stage) {
    const calls = new ModelCalls();
    try {
      const model = await stage.defaultModel();
      calls.clear();
      await stage.mount({source: stage.declaration.given ? 'given' : 'alone'});
      expect(calls.work(model)).to.deep.equal([]);
    } finally {
      calls.end();
    }
  },
};

const worksFrom = (source: ModelSource, words: string): Check => ({
  title: `works from ${words}`,
  applies: ({models}) => models?.includes(source) ?? false,
  async run(stage) {
    const [named, standard] = [await stage.model(), await stage.defaultModel()];
    const [wanted, other] = source === 'default' ? [standard, named] : [named, standard];
    const calls = new ModelCalls();
    try {
      await stage.mount({source});
      expect(calls.touched(wanted), 'something is asked of that model').to.equal(true);
      expect(calls.touched(other), 'something is asked of another model').to.equal(false);
    } finally {
      calls.end();
    }
  },
});

export const worksByFor = worksFrom('for', 'a model named with `for`');
export const worksByAncestor = worksFrom('ancestor', 'the nearest `<gpt-model>` around it');
export const worksByDefault = worksFrom('default', 'the page’s default model');
