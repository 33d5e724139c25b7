import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './loss-chart.js';
import {exampleHistory, LossChartHarness} from './loss-chart.harness.js';

elementContract({
  tag: 'loss-chart',
  harness: LossChartHarness,
  given: () => ({history: exampleHistory()}),
  models: ['ancestor', 'for', 'default'],
});
