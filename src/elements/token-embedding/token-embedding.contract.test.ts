import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './token-embedding.js';
import {exampleTable, TokenEmbeddingHarness} from './token-embedding.harness.js';

elementContract({
  tag: 'token-embedding',
  harness: TokenEmbeddingHarness,
  given: () => exampleTable(),
  models: ['ancestor', 'for', 'default'],
});
