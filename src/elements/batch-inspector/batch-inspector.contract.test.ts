import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './batch-inspector.js';
import {BatchInspectorHarness} from './batch-inspector.harness.js';

elementContract({
  tag: 'batch-inspector',
  harness: BatchInspectorHarness,
  models: ['ancestor', 'for', 'default'],
});
