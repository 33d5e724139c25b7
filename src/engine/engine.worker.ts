import type {EngineFact, EngineRequests} from './protocol.js';
import {EngineHost} from './worker/host.js';
import {serve} from './worker/serve.js';

serve<EngineRequests, EngineFact>((tell) => new EngineHost(tell, 'worker'));
