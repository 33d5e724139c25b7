import {expect} from '@open-wc/testing';
import {onScreen} from '../on-screen.js';
import {seenByViews} from '../seen-by-views.js';
import {until} from '../until.js';
import type {Check} from './check.js';
import {ModelCalls} from './model-calls.js';
import {changeWeights} from './stage.js';

export const restsOffScreen: Check = {
  title: 'asks nothing of its model while it is off-screen, and catches up when it is scrolled to',
  applies: ({models}) => models !== undefined,
  async run(stage) {
    const [source] = stage.declaration.models!;
    const model = await (source === 'default' ? stage.defaultModel() : stage.model());
    const calls = new ModelCalls();
    const change = async () => {
      await calls.answered(); // a view that still waits would ask about the change only later
      await seenByViews(
        model,
        () => changeWeights(model),
        () => calls.clear(),
      );
    };
    try {
      calls.clear();
      const {element, harness, box} = await stage.put({source, style: 'margin-block: 5000px'});
      await change();
      expect(calls.work(model), 'asked before anyone scrolled to it').to.deep.equal([]);
      box.scrollIntoView();
      await harness.drawn();
      await change();
      const asks = calls.work(model).length > 0;
      window.scrollTo(0, 0);
      await onScreen(element, false);
      await change();
      expect(calls.work(model), 'asked after it was scrolled away').to.deep.equal([]);
      box.scrollIntoView();
      if (asks) await until(() => calls.work(model).length > 0, 'the view to catch up');
    } finally {
      calls.end();
      window.scrollTo(0, 0);
    }
  },
};
