import {within} from '../../math/within.js';
import {PRESETS} from '../../model/presets.js';
import {RECOMMENDED_TRAINING} from '../../training/recommended.js';
import {EngineError} from '../errors.js';
import type {BackendChoice, BackendFacts, BackendName} from '../protocol.js';
import {type Backend, openBackend, whyLost} from './backend.js';
import {estimateStepMs, glance, probe, type Speed, suggestPreset} from './probe.js';
import {selfTest} from './self-test.js';

/** The parts that a test replaces. */
export interface ChoiceParts {
  open: Record<BackendName, () => Promise<Backend | undefined>>;
  selfTest: (name: BackendName) => Promise<string | undefined>;
  glance: () => Promise<number>;
  probe: (expired: () => boolean) => Promise<Speed>;
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

/** In the order tried where no hardware WebGPU is there; plain JavaScript only where nothing else works. */
const SOFTWARE_ORDER: BackendName[] = ['wasm', 'webgl', 'webgpu'];

/** By which candidates are compared: milliseconds of a step of the default model. */
const stepMs = ({speed}: Measured): number =>
  estimateStepMs(PRESETS.nano.config, RECOMMENDED_TRAINING.nano.batchSize!, speed);

const LATE = Symbol('late');

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const milliseconds = (ms: number) => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;

/** Whatever comes first. Late work is ignored; its backend is closed. */
function unlessLate<T>(ms: number, work: Promise<T>): Promise<T | typeof LATE> {
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
  const measured: Measured[] = [];
  const all = {open: openBackend, selfTest, glance, probe, ...parts};
  const {open, selfTest: test, glance: look, probe: measure} = all;

  /** Opens, tests and times one candidate; undefined where it is out. */
  async function examine(name: BackendName, patienceMs: number, worthwhile: (backend: Backend) => boolean) {
    const fact: CandidateFact = {name, state: 'unavailable'};
    candidates.push(fact);
    for (let devices = 1; devices <= MOST_DEVICES; devices++) {
      const {found, lost} = await attempt(fact, patienceMs, worthwhile);
      if (lost === undefined) return found;
      fact.state = 'failed';
      fact.message = `Its device was lost ${devices} times in a row while it was being tested (${lost}).`;
    }
    return undefined;
  }

  /** One device of a candidate. `lost` says that it is gone, and why: whatever else went wrong is due to that. */
  async function attempt(
    fact: CandidateFact,
    patienceMs: number,
    worthwhile: (backend: Backend) => boolean,
  ): Promise<{found?: Measured; lost?: string}> {
    let backend: Backend | undefined;
    try {
      backend = await opened(fact.name);
      if (!backend) fact.message = 'This browser or machine does not offer it.';
      else if (worthwhile(backend)) {
        const gone = backend.lost.then((reason) => Promise.reject(new Error(reason)));
        const found = await Promise.race([judge(backend, fact, patienceMs), gone]);
        if (found) delete fact.message;
        if (found || fact.state === 'slower') return {found};
      } else candidates.splice(candidates.indexOf(fact), 1); // its turn comes later
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
    const opening = open[name]();
    return within(OPENING_MS, opening, () => {
      opening.then(
        (backend) => backend?.close(),
        () => {},
      );
      return new Error(`It did not answer within ${seconds(OPENING_MS)}.`);
    });
  }

  async function judge(
    backend: Backend,
    fact: CandidateFact,
    patienceMs: number,
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
    const glanceMs = await unlessLate(glancePatienceMs, look());
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
      wrong === LATE || expired() ? LATE : await unlessLate(deadline - performance.now(), measure(expired));
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

  const always = () => true;
  if (choice !== 'auto') {
    const forced = await examine(choice, UNHURRIED_MS, always);
    if (forced) return choose(forced, `It was asked for (backend="${choice}").`);
    const {message} = candidates[0]!;
    throw new EngineError(
      'backend',
      `The backend “${choice}” cannot be used here. ${message} Leave “backend” out, and the best one that works is taken.`,
    );
  }

  const gpu = await examine('webgpu', UNHURRIED_MS, ({hardware}) => hardware);
  if (gpu) return choose(gpu, 'A GPU that the browser offers through WebGPU is taken first.');

  for (const name of SOFTWARE_ORDER) {
    if (candidates.some((fact) => fact.name === name)) continue; // WebGPU is not there, or failed
    const patience = measured.length ? PATIENCE_MS : UNHURRIED_MS;
    const found = await examine(name, patience, always);
    if (found) measured.push(found);
  }
  if (measured.length === 0) {
    const cpu = await examine('cpu', UNHURRIED_MS, always);
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
  if (!second) return 'It is the quickest of what works here.';
  const factor = stepMs(second) / stepMs(best!);
  return `In the probe it trained ${factor.toFixed(1)} times as fast as the next, ${second.fact.name}.`;
}
