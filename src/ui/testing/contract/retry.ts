import {expect} from '@open-wc/testing';
import type {LiveModel} from '../../../state/live-model.js';
import type {Check} from './check.js';

const SENTENCE = 'The model could not answer. Wait a moment.';
const ASKED = ['trace', 'weights', 'generate', 'evaluate'] as const;

/** A request that fails leaves a sentence and a way to try again. */
export const offersAnotherTry: Check = {
  title: 'says that a request failed, and succeeds when it is tried again',
  applies: ({models}) => models !== undefined,
  async run(stage) {
    const [source] = stage.declaration.models!;
    const model = await (source === 'default' ? stage.defaultModel() : stage.model());
    const failing = failRequests(model);
    try {
      const {harness} = await stage.put({source});
      await harness.until(() => failing.refused > 0 || harness.isDrawn, 'a request or a drawing');
      if (failing.refused === 0) return; // asks nothing that can fail
      await harness.until(() => harness.messages.includes(SENTENCE), 'the sentence');
      await harness.until(() => harness.hasButton('Try again'), 'a button that tries again');
      failing.end();
      await harness.press('Try again');
      await harness.drawn();
      await harness.until(() => !harness.text.includes(SENTENCE), 'the sentence to go');
      expect(harness.hasButton('Try again')).to.equal(false);
    } finally {
      failing.end();
    }
  },
};

function failRequests(model: LiveModel) {
  let refused = 0;
  const refuse = () => {
    refused++;
    return new Error(SENTENCE);
  };
  for (const name of ASKED)
    Object.defineProperty(model, name, {
      configurable: true,
      value:
        name === 'generate'
          ? // biome-ignore lint/correctness/useYield: it fails before the first token
            async function* () {
              throw refuse();
            }
          : async () => {
              throw refuse();
            },
    });
  return {
    get refused() {
      return refused;
    },
    end() {
      for (const name of ASKED) Reflect.deleteProperty(model, name);
    },
  };
}
