import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './self-attention-steps.js';
import {SelfAttentionStepsHarness} from './self-attention-steps.harness.js';

elementContract({
  tag: 'self-attention-steps',
  harness: SelfAttentionStepsHarness,
  alone: true,
});
