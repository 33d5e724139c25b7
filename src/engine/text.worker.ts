import {serve} from './serve.js';
import {TextHost} from './text-host.js';
import type {TextFact, TextRequests} from './text-protocol.js';

serve<TextRequests, TextFact>((tell) => new TextHost(tell));
