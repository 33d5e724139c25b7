import {loadCode} from '../engine/page/load-code.js';

/** Loaded with the first model, so that no later request needs the network. */
export const loadTokenizers = () => loadCode('tokenizer', () => import('../tokenizers/load.js'));
