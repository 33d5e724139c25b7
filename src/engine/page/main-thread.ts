import type {EngineFact} from '../protocol.js';
import {loadCode} from './load-code.js';
import {inProcess, type Transport} from './transport.js';

/**
 * Starts the engine on the page's main thread. tfjs is downloaded only now, with the worker's own file.
 * @throws {EngineError} if the code cannot be loaded
 */
export async function startOnMainThread(onFact: (fact: EngineFact) => void): Promise<Transport> {
  const {EngineHost} = await loadCode('engine', () => import('../engine.worker.js'));
  return inProcess((tell) => new EngineHost(tell, 'main'), onFact);
}
