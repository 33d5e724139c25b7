import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './sliding-window.js';
import {SlidingWindowHarness} from './sliding-window.harness.js';

elementContract({
  tag: 'sliding-window',
  harness: SlidingWindowHarness,
  models: ['ancestor', 'for', 'default'],
});
