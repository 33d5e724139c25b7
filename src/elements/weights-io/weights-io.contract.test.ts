import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import {WeightsIoHarness} from './weights-io.harness.js';
import './weights-io.js';

elementContract({
  tag: 'weights-io',
  harness: WeightsIoHarness,
  models: ['ancestor', 'for', 'default'],
});
