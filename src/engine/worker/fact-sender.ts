import type {
  EngineErrorFact,
  EngineFact,
  EvalFact,
  SampleFact,
  SavedFact,
  StepFact,
  TrainingStatus,
} from '../protocol.js';
import type {OpenModel} from './open-model.js';
import {Throttle} from './throttle.js';

const STEPS_INTERVAL_MS = 50;
const WEIGHTS_INTERVAL_MS = 100;

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

  loading(model: OpenModel, message: string, done: number, total: number): void {
    this.send({type: 'loading', model: model.name, message, done, total});
  }

  stepped(model: OpenModel, fact: StepFact): void {
    const {steps, sendSteps} = this.#of(model);
    steps.push(fact);
    sendSteps.call();
    this.reweighted(model);
  }

  reweighted(model: OpenModel): void {
    this.#of(model).sendWeights.call();
  }

  evaluated(model: OpenModel, fact: EvalFact): void {
    this.flush(model);
    this.send({type: 'eval', model: model.name, fact});
  }

  sampled(model: OpenModel, fact: SampleFact): void {
    this.flush(model);
    this.send({type: 'sample', model: model.name, fact});
  }

  saved(model: OpenModel, fact?: SavedFact): void {
    this.send({type: 'saved', model: model.name, fact});
  }

  status(model: OpenModel, status: TrainingStatus, message?: string): void {
    this.flush(model);
    this.send({type: 'status', model: model.name, status, message});
  }

  error(error: EngineErrorFact, model?: OpenModel): void {
    this.send({type: 'error', model: model?.name, error});
  }

  facts(model: OpenModel): void {
    this.send({type: 'model', model: model.name, facts: model.facts});
  }

  /** Everything about the model is others than before: after a reset, a restore, a lost device. */
  renewed(model: OpenModel): void {
    const {steps, sendSteps} = this.#of(model);
    sendSteps.cancel();
    steps.length = 0; // they are in the history, or never were
    this.facts(model);
    this.send({type: 'history', model: model.name, history: model.history});
    this.reweighted(model);
  }

  /** Sends what waits, so that facts arrive in the order in which they happened. */
  flush(model: OpenModel): void {
    const {sendSteps, sendWeights} = this.#of(model);
    sendSteps.flush();
    sendWeights.flush();
  }

  #of(model: OpenModel): Waiting {
    let waiting = this.#waiting.get(model);
    if (!waiting) {
      const steps: StepFact[] = [];
      const {name} = model;
      waiting = {
        steps,
        sendSteps: new Throttle(STEPS_INTERVAL_MS, () =>
          this.send({type: 'steps', model: name, facts: steps.splice(0)}),
        ),
        sendWeights: new Throttle(WEIGHTS_INTERVAL_MS, () =>
          this.send({type: 'weights', model: name, step: model.step}),
        ),
      };
      this.#waiting.set(model, waiting);
    }
    return waiting;
  }
}
