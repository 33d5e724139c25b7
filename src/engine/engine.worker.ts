import {EngineHost} from './host.js';
import type {EngineFact, EngineRequests} from './protocol.js';
import {serve} from './serve.js';

serve<EngineRequests, EngineFact>((tell) => new EngineHost(tell, 'worker'));
