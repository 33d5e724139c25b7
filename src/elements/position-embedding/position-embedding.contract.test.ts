import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './position-embedding.js';
import {exampleVectors, PositionEmbeddingHarness} from './position-embedding.harness.js';

elementContract({
  tag: 'position-embedding',
  harness: PositionEmbeddingHarness,
  given: () => exampleVectors(),
  models: ['ancestor', 'for', 'default'],
});
