import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import {exampleLayer, FeedForwardHarness} from './feed-forward.harness.js';
import './feed-forward.js';

elementContract({
  tag: 'feed-forward',
  harness: FeedForwardHarness,
  given: () => exampleLayer(),
  models: ['ancestor', 'for', 'default'],
});
