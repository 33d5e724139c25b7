import type {EngineFact, EngineRequests} from './protocol.js';
import {EngineHost} from './worker/host.js';
import {serve} from './worker/serve.js';

// On a page where no worker can start, the main thread imports this same file for the host.
export {EngineHost};

const inWorker = 'importScripts' in globalThis;
if (inWorker) serve<EngineRequests, EngineFact>((tell) => new EngineHost(tell, 'worker'));
