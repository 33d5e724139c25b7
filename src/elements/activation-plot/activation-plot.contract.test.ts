import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import {ActivationPlotHarness, exampleValues} from './activation-plot.harness.js';
import './activation-plot.js';

elementContract({
  tag: 'activation-plot',
  harness: ActivationPlotHarness,
  given: () => ({values: exampleValues()}),
  models: ['ancestor', 'for', 'default'],
});
