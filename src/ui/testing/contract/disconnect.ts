import {expect} from '@open-wc/testing';
import {seenByViews} from '../seen-by-views.js';
import {patience, until} from '../until.js';
import type {Check} from './check.js';
import {Holdings} from './holdings.js';
import {ModelCalls} from './model-calls.js';
import {changeWeights} from './stage.js';

/** An element that has left the page costs nothing. */
export const leavesNothing: Check = {
  title: 'leaves no listener, timer or observer behind, and asks nothing of its model afterwards',
  async run(stage) {
    const [source] = stage.declaration.models ?? [];
    const model = source && (await (source === 'default' ? stage.defaultModel() : stage.model()));
    await stage.mount({source}); // what a page makes once, for all elements, is made now
    stage.clear();
    const holdings = new Holdings(model);
    const calls = new ModelCalls();
    try {
      const {box} = await stage.mount({source});
      box.remove();
      const timeoutMs = Math.min(6000, patience.ms);
      await until(() => holdings.list.length === 0, 'the end', {timeoutMs}).catch(() => {});
      expect(holdings.list).to.deep.equal([]);
      if (!model) return;
      await seenByViews(
        model,
        () => changeWeights(model),
        () => calls.clear(),
      );
      expect(calls.work(model), 'asked after it left the page').to.deep.equal([]);
    } finally {
      holdings.end();
      calls.end();
    }
  },
};
