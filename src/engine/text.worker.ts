import {TextHost} from './text/text-host.js';
import type {TextFact, TextRequests} from './text-protocol.js';
import {serve} from './worker/serve.js';

serve<TextRequests, TextFact>((tell) => new TextHost(tell));
