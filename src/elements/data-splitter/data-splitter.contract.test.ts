import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './data-splitter.js';
import {DataSplitterHarness} from './data-splitter.harness.js';

elementContract({
  tag: 'data-splitter',
  harness: DataSplitterHarness,
  models: ['ancestor', 'for', 'default'],
});
