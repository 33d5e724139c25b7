// All groups, in the order in which they run. A new one is a file here and a line in this list.
import {architecture} from './architecture.mjs';
import {attentionView} from './attention-view.mjs';
import {backends} from './backends.mjs';
import {decodeRace} from './decode-race.mjs';
import {gpt2} from './gpt2.mjs';
import {node} from './node.mjs';
import {plan} from './plan.mjs';
import {race} from './race.mjs';
import {tokenizers} from './tokenizers.mjs';

/** @type {import('../group.mjs').Group[]} */
export const groups = [plan, race, decodeRace, node, backends, tokenizers, attentionView, architecture, gpt2];
