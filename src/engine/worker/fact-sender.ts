import type {
  EngineErrorFact,
  EngineFact,
  EvalFact,
  MappedTensor,
  ModelFact,
  SampleFact,
  SavedFact,
  StepFact,
  TrainingStatus,
} from '../protocol.js';
import type {OpenModel} from './open-model.js';
import {Throttle} from './throttle.js';

const STEPS_INTERVAL_MS = 50;
const WEIGHTS_INTERVAL_MS = 100;

/** A fact about a model, without the name of the model. */
type FactBody = ModelFact extends infer Fact
  ? Fact extends ModelFact
    ? Omit<Fact, 'model' | 'instance'>
    : never
  : never;

/** What waits for its time to be sent. */
interface Waiting {
  steps: StepFact[];
  sendSteps: Throttle;
  sendWeights: Throttle;
}

/** Tells the page what happens to models: steps in batches, changes of the weights now and then, the rest at once. */
export class FactSender {
  readonly #waiting = new WeakMap<OpenModel, Waiting>();

  constructor(readonly send: (fact: EngineFact) => void) {}

  /** Sends a fact about a model. */
  #tell({name, instance}: OpenModel, fact: FactBody): void {
    this.send({...fact, model: name, instance});
  }

  loading(model: OpenModel, message: string, done: number, total: number): void {
    this.#tell(model, {type: 'loading', message, done, total});
  }

  tensor(model: OpenModel, tensor: MappedTensor): void {
    this.#tell(model, {type: 'tensor', tensor});
  }

  stepped(model: OpenModel, fact: StepFact): void {
    const {steps, sendSteps} = this.#queued(model);
    steps.push(fact);
    sendSteps.call();
    this.reweighted(model);
  }

  reweighted(model: OpenModel): void {
    this.#queued(model).sendWeights.call();
  }

  evaluated(model: OpenModel, fact: EvalFact): void {
    this.flush(model);
    this.#tell(model, {type: 'eval', fact});
  }

  sampled(model: OpenModel, fact: SampleFact): void {
    this.flush(model);
    this.#tell(model, {type: 'sample', fact});
  }

  saved(model: OpenModel, fact?: SavedFact): void {
    this.#tell(model, {type: 'saved', fact});
  }

  /** Sets the status of a model, and tells the page. */
  setStatus(model: OpenModel, status: TrainingStatus, message?: string): void {
    model.status = status;
    this.flush(model);
    this.#tell(model, {type: 'status', status, message});
  }

  error(model: OpenModel, error: EngineErrorFact): void {
    this.#tell(model, {type: 'error', error});
  }

  gone(model: OpenModel, error: EngineErrorFact): void {
    this.flush(model);
    this.#tell(model, {type: 'gone', error});
  }

  facts(model: OpenModel): void {
    this.#tell(model, {type: 'model', facts: model.facts});
  }

  /** Everything about the model changed: after a reset, a restore, a lost device. */
  renewed(model: OpenModel): void {
    const {steps, sendSteps} = this.#queued(model);
    sendSteps.cancel();
    steps.length = 0; // they are in the history, or never were
    this.facts(model);
    this.#tell(model, {type: 'history', history: model.history});
    this.reweighted(model);
  }

  /** Sends what waits, so that facts arrive in the order in which they happened. */
  flush(model: OpenModel): void {
    const {sendSteps, sendWeights} = this.#queued(model);
    sendSteps.flush();
    sendWeights.flush();
  }

  #queued(model: OpenModel): Waiting {
    let waiting = this.#waiting.get(model);
    if (!waiting) {
      const steps: StepFact[] = [];
      waiting = {
        steps,
        sendSteps: new Throttle(STEPS_INTERVAL_MS, () =>
          this.#tell(model, {type: 'steps', facts: steps.splice(0)}),
        ),
        sendWeights: new Throttle(WEIGHTS_INTERVAL_MS, () =>
          this.#tell(model, {type: 'weights', step: model.step}),
        ),
      };
      this.#waiting.set(model, waiting);
    }
    return waiting;
  }
}
