import * as library from 'gpt-elements';
import 'gpt-elements/all.js';
import {GPT_CONFIG_124M} from 'gpt-elements/model.js';
import {TrainingSession} from 'gpt-elements/training.js';

document.addEventListener('gpt-eval', ({detail}) => detail.validation.loss?.toFixed());
console.log(library, GPT_CONFIG_124M, TrainingSession);
