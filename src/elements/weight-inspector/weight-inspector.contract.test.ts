import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './weight-inspector.js';
import {WeightInspectorHarness} from './weight-inspector.harness.js';

elementContract({
  tag: 'weight-inspector',
  harness: WeightInspectorHarness,
  given: () => ({
    values: [
      [1, -2, 3],
      [0, 0.5, -1],
    ],
  }),
  models: ['ancestor', 'for', 'default'],
});
