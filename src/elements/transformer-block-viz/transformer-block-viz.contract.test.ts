import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './transformer-block-viz.js';
import {exampleBlock, TransformerBlockVizHarness} from './transformer-block-viz.harness.js';

elementContract({
  tag: 'transformer-block-viz',
  harness: TransformerBlockVizHarness,
  given: () => exampleBlock(),
  models: ['ancestor', 'for', 'default'],
});
