import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import {RunCompareHarness} from './run-compare.harness.js';
import './run-compare.js';

elementContract({
  tag: 'run-compare',
  harness: RunCompareHarness,
  alone: true,
});
