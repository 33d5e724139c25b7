import type {EngineFact, EngineRequests} from '../protocol.js';

/** One side's hold on an engine: requests go through `engine`, facts come to the listeners. */
export interface EngineHold {
  readonly engine: EngineRequests;
  /** @returns A function that ends the subscription. */
  onFact(listener: (fact: EngineFact) => void): () => void;
  /** Releases the engine. The last release terminates its worker and frees everything. */
  release(): void;
}

export interface EngineConnection extends EngineHold {
  /** A number that no other request of this page has, to cancel by. */
  nextRequest(): number;
}
