import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './why-attention.js';
import {WhyAttentionHarness} from './why-attention.harness.js';

elementContract({
  tag: 'why-attention',
  harness: WhyAttentionHarness,
  models: ['ancestor', 'for', 'default'],
});
