import {type Backend, openBackend} from './backend.js';
import {EngineError} from './errors.js';
import {estimateStepMs, probe, type Speed, suggestPreset} from './probe.js';
import {PRESETS} from '../model/presets.js';
import type {BackendChoice, BackendFacts, BackendName} from './protocol.js';
import {selfTest} from './self-test.js';

/** The parts that a test replaces. */
export interface ChoiceParts {
  open: Record<BackendName, () => Promise<Backend | undefined>>;
  selfTest: (name: BackendName) => Promise<string | undefined>;
  probe: (expired: () => boolean) => Promise<Speed>;
}

export interface ChosenBackend {
  backend: Backend;
  facts: Omit<BackendFacts, 'thread'>;
}

type CandidateFact = BackendFacts['candidates'][number];
interface Measured {
  backend: Backend;
  speed: Speed;
  fact: CandidateFact;
}

/** A candidate that has not passed its test and probe by then is not worth waiting for. */
const PATIENCE_MS = 1500;

/** In the order tried where no hardware WebGPU is there; plain JavaScript only where nothing else works. */
const SOFTWARE_ORDER: BackendName[] = ['wasm', 'webgl', 'webgpu'];

/** By which candidates are compared: milliseconds of a step of the default model. */
const stepMs = ({speed}: Measured): number => estimateStepMs(PRESETS.nano.config, 16, speed);

const LATE = Symbol('late');

/** Whatever comes first. Work that is late goes on unheeded: the backend is closed under it. */
function within<T>(ms: number, work: Promise<T>): Promise<T | typeof LATE> {
  work.catch(() => {});
  return Promise.race([work, new Promise<typeof LATE>((resolve) => setTimeout(resolve, ms, LATE))]);
}

/**
 * Chooses what runs the model. A hardware WebGPU adapter comes first. Otherwise WebAssembly, WebGL and a software WebGPU each train a
 * small block for some 200 ms, and the quickest is taken. Each has to give known numbers before; one that does not is skipped, visibly.
 * @throws {EngineError} `backend` where the one that is forced, or all of them, cannot be used
 */
export async function chooseBackend(
  choice: BackendChoice,
  parts: Partial<ChoiceParts> = {},
): Promise<ChosenBackend> {
  const candidates: CandidateFact[] = [];
  const {open, selfTest: test, probe: measure} = {open: openBackend, selfTest, probe, ...parts};

  /** Opens, tests and times one candidate; undefined where it is out. */
  async function examine(name: BackendName, patienceMs: number, worthwhile: (backend: Backend) => boolean) {
    const fact: CandidateFact = {name, state: 'unavailable'};
    candidates.push(fact);
    let backend: Backend | undefined;
    try {
      backend = await open[name]();
      if (!backend) fact.message = 'This browser or machine does not offer it.';
      else if (worthwhile(backend)) return await judge(backend, fact, patienceMs);
      else candidates.splice(candidates.indexOf(fact), 1); // its turn comes later
    } catch (error) {
      fact.state = 'failed';
      fact.message = (error as Error).message;
    }
    backend?.close();
    return undefined;
  }

  async function judge(
    backend: Backend,
    fact: CandidateFact,
    patienceMs: number,
  ): Promise<Measured | undefined> {
    const deadline = performance.now() + patienceMs;
    const wrong = await within(patienceMs, test(backend.name));
    const complaints = backend.takeErrors();
    if (wrong === LATE) return late(backend, fact, patienceMs);
    if (wrong || complaints.length) {
      fact.state = 'skipped';
      fact.message = `It failed the self-test: ${wrong ?? complaints[0]}`;
      backend.close();
      return undefined;
    }
    const speed = await within(
      deadline - performance.now(),
      measure(() => performance.now() > deadline),
    );
    if (speed === LATE) return late(backend, fact, patienceMs);
    fact.probeMs = speed.probeMs;
    return {backend, speed, fact};
  }

  function late(backend: Backend, fact: CandidateFact, patienceMs: number): undefined {
    fact.state = 'slower';
    fact.message = `It had not finished its test within ${(patienceMs / 1000).toFixed(1)} s.`;
    backend.close();
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

  const always = () => true;
  const unhurried = Number.MAX_SAFE_INTEGER / 2 ** 22; // setTimeout takes at most 2³¹ ms
  if (choice !== 'auto') {
    const forced = await examine(choice, unhurried, always);
    if (forced) return choose(forced, `It was asked for (backend="${choice}").`);
    const {message} = candidates[0]!;
    throw new EngineError(
      'backend',
      `The backend “${choice}” cannot be used here. ${message} Leave “backend” out, and the best one that works is taken.`,
    );
  }

  const gpu = await examine('webgpu', unhurried, ({hardware}) => hardware);
  if (gpu) return choose(gpu, 'A GPU that the browser offers through WebGPU is taken first.');

  const measured: Measured[] = [];
  for (const name of SOFTWARE_ORDER) {
    if (candidates.some((fact) => fact.name === name)) continue; // WebGPU is not there, or failed
    const patience = measured.length ? PATIENCE_MS : unhurried;
    const found = await examine(name, patience, always);
    if (found) measured.push(found);
  }
  if (measured.length === 0) {
    const cpu = await examine('cpu', unhurried, always);
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
  return choose(best, reasonFor(measured));
}

function reasonFor([best, second]: Measured[]): string {
  if (!second) return 'It is the only one that finished the probe in time.';
  const factor = stepMs(second) / stepMs(best!);
  return `In the probe it trained ${factor.toFixed(1)} times as fast as the next, ${second.fact.name}.`;
}
