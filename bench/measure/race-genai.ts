/** @genai-fi/nanogpt, which needs a page of its own. */
import {openGenai} from '../peers/genai.js';
import {race} from './race.js';

Object.assign(globalThis, race({genai: openGenai}));
