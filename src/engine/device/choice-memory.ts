import {browserVersion} from '../../training/gate-memory.js';
import {remembered} from '../../training/remembered.js';
import type {VariantMemory} from '../../webgpu/index.js';
import type {BackendName} from '../protocol.js';
import type {Speed} from './probe.js';

/** A backend that was chosen by probing, and how quick it was. */
export interface RememberedChoice {
  name: BackendName;
  speed: Speed;
}

/**
 * Keeps the choice among software backends from visit to visit, and how quick a software backend was that was asked for,
 * so that the next first step need not wait for the probes.
 */
export interface ChoiceMemory {
  /**
   * Undefined: nothing is remembered. Rejects where storage cannot be read.
   * @param asked the backend that is asked for; otherwise what was chosen among all
   */
  recall(cores: number, asked?: BackendName): Promise<RememberedChoice | undefined>;
  /** Never rejects: where nothing can be stored, the next visit probes again. */
  keep(cores: number, choice: RememberedChoice, asked?: BackendName): Promise<void>;
}

/** The machine may have been busy during the probe, and drivers change: a choice is valid for a week. */
const VALID_MS = 7 * 24 * 3600 * 1000;

const keyOf = async (cores: number, asked?: BackendName): Promise<string> =>
  `${asked ?? 'backend'} | ${cores} cores | ${await browserVersion()}`;

/** A choice is valid for the same browser version and number of cores. */
export class StoredChoice implements ChoiceMemory {
  readonly #memory: VariantMemory;
  readonly #now: () => number;

  constructor(memory: VariantMemory = remembered, now = Date.now) {
    this.#memory = memory;
    this.#now = now;
  }

  async recall(cores: number, asked?: BackendName): Promise<RememberedChoice | undefined> {
    const stored = await this.#memory.get(await keyOf(cores, asked));
    if (stored === undefined) return undefined;
    const {time, ...choice} = JSON.parse(stored) as RememberedChoice & {time: number};
    const age = this.#now() - time;
    return age >= 0 && age < VALID_MS ? choice : undefined;
  }

  async keep(cores: number, choice: RememberedChoice, asked?: BackendName): Promise<void> {
    try {
      await this.#memory.set(await keyOf(cores, asked), JSON.stringify({...choice, time: this.#now()}));
    } catch {
      // See the interface.
    }
  }
}
