import {within} from '../../math/within.js';
import {PRESETS} from '../../model/presets.js';
import {RECOMMENDED_TRAINING} from '../../training/recommended.js';
import {EngineError} from '../errors.js';
import type {BackendChoice, BackendFacts, BackendName} from '../protocol.js';
import {type Backend, isHardware, type OpenBackend, openBackend, whyLost} from './backend.js';
import {type ChoiceMemory, StoredChoice} from './choice-memory.js';
import {estimateStepMs, glance, probe, type Speed, suggestPreset} from './probe.js';
import {selfTest} from './self-test.js';

/** The parts that a test replaces. */
export interface ChoiceParts {
  open: Record<BackendName, OpenBackend>;
  isHardware: (name: BackendName) => Promise<boolean | undefined>;
  selfTest: (name: BackendName) => Promise<string | undefined>;
  glance: () => Promise<number>;
  probe: (expired: () => boolean) => Promise<Speed>;
  memory: ChoiceMemory;
  /** Processor cores. */
  cores: number;
}

export interface ChosenBackend {
  backend: Backend;
  facts: Omit<BackendFacts, 'thread'>;
}

type CandidateFact = BackendFacts['candidates'][number];
interface Measured {
  backend: Backend;
  glanceMs: number;
  speed: Speed;
  fact: CandidateFact;
}

/** How a candidate is examined. */
interface Terms {
  /** Default: as long as it takes. */
  patienceMs?: number;
  /** Software that imitates a GPU is skipped. */
  hardwareOnly?: boolean;
  /** As measured on an earlier visit: only the self-test is left to do. */
  speed?: Speed;
}

/** A candidate that has not passed its test and probe by then is not worth waiting for, where another one has. */
const PATIENCE_MS = 3000;
/** Software gets less: all that it does for us is done by the same processor as its rivals' work. */
const SOFTWARE_PATIENCE_MS = 600;
/** A browser that has not given its device by then is not waited for: some never answer. */
const OPENING_MS = 20_000;
/** A device that is lost while it is tested is replaced; this many in a row are given up. */
const MOST_DEVICES = 3;

/** `setTimeout` waits no longer. */
const UNHURRIED_MS = 2 ** 31 - 1;

/** Software that is this many times slower at a matrix product will not be quicker at a whole step. */
const GLANCE_FACTOR = 2;

/**
 * With so many processor cores at most, software that imitates a GPU is not tried where WebAssembly works: on two cores a matrix
 * product takes it 14 times as long, and it does not gain more than the number of cores. Trying takes a second.
 */
const FEW_CORES = 8;

/** What was learned on an earlier visit is not waited for longer than what it saves. */
const MEMORY_PATIENCE_MS = 200;

/** In the order tried where no hardware WebGPU is there; plain JavaScript only where nothing else works. */
const SOFTWARE_ORDER: BackendName[] = ['wasm', 'webgl', 'webgpu'];

/** By which candidates are compared: milliseconds of a step of the default model. */
const stepMs = ({speed}: Measured): number =>
  estimateStepMs(PRESETS.nano.config, RECOMMENDED_TRAINING.nano.batchSize!, speed);

const LATE = Symbol('late');

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const milliseconds = (ms: number) => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;

/** Waits for a browser that may never answer. */
const answered = <T>(work: Promise<T>, onLate = () => {}): Promise<T> =>
  within(OPENING_MS, work, () => {
    onLate();
    return new Error(`It did not answer within ${seconds(OPENING_MS)}.`);
  });

/** Whatever comes first. Late work is ignored; its backend is closed. */
function unlessLate<T>(ms: number, work: Promise<T>): Promise<T | typeof LATE> {
  work.catch(() => {});
  return Promise.race([work, new Promise<typeof LATE>((resolve) => setTimeout(resolve, ms, LATE))]);
}

/**
 * Chooses what runs the model. A hardware WebGPU adapter comes first; otherwise what was the quickest on an earlier visit, if there was
 * one within a week. On a first visit WebAssembly, WebGL and, with many cores, software WebGL and WebGPU each train a small block for some
 * 200 ms, and the quickest is taken. Each has to give known numbers before; one that does not is skipped, visibly.
 * @throws {EngineError} `backend` where the one that is forced, or all of them, cannot be used
 */
export async function chooseBackend(
  choice: BackendChoice,
  parts: Partial<ChoiceParts> = {},
): Promise<ChosenBackend> {
  const candidates: CandidateFact[] = [];
  const measured: Measured[] = [];
  /** Candidates that were skipped because they are software. */
  const software = new Set<BackendName>();
  const {
    open,
    isHardware: look,
    selfTest: test,
    glance: multiply,
    probe: measure,
    memory,
    cores,
  } = {
    open: openBackend,
    isHardware,
    selfTest,
    glance,
    probe,
    memory: new StoredChoice(),
    cores: navigator.hardwareConcurrency,
    ...parts,
  };

  /** Opens, tests and times one candidate; undefined where it is out. */
  async function examine(name: BackendName, terms: Terms): Promise<Measured | undefined> {
    const fact: CandidateFact = {name, state: 'unavailable'};
    candidates.push(fact);
    for (let devices = 1; devices <= MOST_DEVICES; devices++) {
      const {found, lost} = await attempt(fact, terms);
      if (lost === undefined) return found;
      fact.state = 'failed';
      fact.message = `Its device was lost ${devices} times in a row while it was being tested (${lost}).`;
    }
    return undefined;
  }

  /** One device of a candidate. `lost` says that it is gone, and why: whatever else went wrong is due to that. */
  async function attempt(fact: CandidateFact, terms: Terms): Promise<{found?: Measured; lost?: string}> {
    let backend: Backend | undefined;
    try {
      if (terms.hardwareOnly && (await answered(look(fact.name))) === false) {
        software.add(fact.name);
        fact.state = 'skipped';
        fact.message = 'It is software that imitates a GPU: slower than WebAssembly on few processor cores.';
        return {};
      }
      backend = await opened(fact.name);
      if (!backend) fact.message = 'This browser or machine does not offer it.';
      else {
        const judging = judge(backend, fact, terms);
        const gone = backend.lost?.then((reason) => Promise.reject(new Error(reason)));
        const found = await (gone ? Promise.race([judging, gone]) : judging);
        if (found) delete fact.message;
        if (found || fact.state === 'slower') return {found};
      }
    } catch (error) {
      fact.state = 'failed';
      fact.message = (error as Error).message;
    }
    const lost = backend && fact.state !== 'unavailable' ? await whyLost(backend) : undefined;
    backend?.close();
    return {lost};
  }

  /** A device that comes too late is closed. */
  async function opened(name: BackendName): Promise<Backend | undefined> {
    let late = false;
    const opening = open[name](() => late);
    return answered(opening, () => {
      late = true;
      opening.then(
        (backend) => backend?.close(),
        () => {},
      );
    });
  }

  async function judge(
    backend: Backend,
    fact: CandidateFact,
    {patienceMs = UNHURRIED_MS, speed: knownSpeed}: Terms,
  ): Promise<Measured | undefined> {
    const slower = (message: string): undefined => {
      fact.state = 'slower';
      fact.message = message;
      backend.close();
    };
    const deadline = performance.now() + patienceMs;
    const expired = () => performance.now() > deadline;
    // A GPU that is imitated takes seconds to prepare all of the model's operations: one look spares the reader that.
    const [leader] = measured;
    const glancePatienceMs = leader && !backend.hardware ? SOFTWARE_PATIENCE_MS : patienceMs;
    const glanceMs = knownSpeed ? 0 : await unlessLate(glancePatienceMs, multiply());
    if (glanceMs === LATE)
      return slower(`It had not finished one matrix product within ${seconds(glancePatienceMs)}.`);
    if (leader && !backend.hardware && glanceMs > GLANCE_FACTOR * leader.glanceMs)
      return slower(
        `It is software too, and a matrix product takes it ${milliseconds(glanceMs)}; ${leader.backend.name} takes ` +
          `${milliseconds(leader.glanceMs)}.`,
      );
    const wrong = await unlessLate(deadline - performance.now(), test(backend.name));
    const complaints = backend.takeErrors();
    if (wrong !== LATE && (wrong || complaints.length)) {
      fact.state = 'skipped';
      fact.message = `It failed the self-test: ${wrong ?? complaints[0]}`;
      return undefined;
    }
    const speed =
      wrong === LATE || expired()
        ? LATE
        : (knownSpeed ?? (await unlessLate(deadline - performance.now(), measure(expired))));
    if (speed === LATE) return slower(`It had not finished its test within ${seconds(patienceMs)}.`);
    fact.probeMs = speed.probeMs;
    return {backend, glanceMs, speed, fact};
  }

  function choose(chosen: Measured, reason: string): ChosenBackend {
    chosen.fact.state = 'chosen';
    const {backend, speed} = chosen;
    const {name, description, hardware} = backend;
    const suggestedPreset = suggestPreset(speed);
    const {flopsPerSecond} = speed;
    return {
      backend,
      facts: {name, description, hardware, reason, candidates, flopsPerSecond, suggestedPreset},
    };
  }

  /** What was measured on an earlier visit. */
  const recalled = async (asked?: BackendName) => {
    const found = await unlessLate(MEMORY_PATIENCE_MS, memory.recall(cores, asked)).catch(() => undefined);
    return found === LATE ? undefined : found;
  };

  if (choice !== 'auto') {
    const known = await recalled(choice);
    const forced = await examine(choice, {speed: known?.speed});
    if (forced && !forced.backend.hardware && !known)
      void memory.keep(cores, {name: choice, speed: forced.speed}, choice);
    if (forced) return choose(forced, `It was asked for (backend="${choice}").`);
    const {message} = candidates[0]!;
    throw new EngineError(
      'backend',
      `The backend “${choice}” cannot be used here. ${message} Leave “backend” out, and the best one that works is taken.`,
    );
  }

  const remembering = recalled();
  const gpu = await examine('webgpu', {hardwareOnly: true});
  if (gpu) return choose(gpu, 'A GPU that the browser offers through WebGPU is taken first.');

  const last = await remembering;
  if (last) {
    const again = await examine(last.name, {speed: last.speed});
    if (again) return choose(again, 'It was the quickest in the probe of an earlier visit.');
  }

  for (const name of SOFTWARE_ORDER) {
    const hardwareOnly = measured.length > 0 && cores <= FEW_CORES;
    const before = candidates.findIndex((fact) => fact.name === name);
    if (before >= 0) {
      // What failed or is not there is not tried again; software may have been put off only.
      if (hardwareOnly || !software.has(name)) continue;
      candidates.splice(before, 1);
    }
    const patienceMs = measured.length ? PATIENCE_MS : UNHURRIED_MS;
    const found = await examine(name, {patienceMs, hardwareOnly});
    if (found) measured.push(found);
  }
  if (measured.length === 0) {
    const cpu = await examine('cpu', {});
    if (cpu) return choose(cpu, 'Nothing faster works in this browser.');
    throw new EngineError(
      'backend',
      'None of the ways to compute works in this browser. Try another browser, or update this one.',
    );
  }
  measured.sort((a, b) => stepMs(a) - stepMs(b));
  const [best, ...rest] = measured as [Measured, ...Measured[]];
  for (const {backend, fact} of rest) {
    fact.state = 'slower';
    backend.close();
  }
  await best.backend.use();
  if (!best.backend.hardware) void memory.keep(cores, {name: best.backend.name, speed: best.speed});
  return choose(best, reasonFor(measured));
}

function reasonFor([best, second]: Measured[]): string {
  if (!second) return 'It is the quickest of what works here.';
  const factor = stepMs(second) / stepMs(best!);
  return `In the probe it trained ${factor.toFixed(1)} times as fast as the next, ${second.fact.name}.`;
}
