import type {
  BackendFacts,
  EngineErrorFact,
  History,
  ModelFact,
  ModelFacts,
  SavedFact,
} from '../engine/protocol.js';
import type {Tokenizer} from '../tokenizers/tokenizer.js';
import type {LiveModelEvent, LiveModelEventMap, LiveStatus, LoadingFact} from './live-model-types.js';
import type {RecordedRun} from './record.js';

export interface KnownModel {
  addEventListener<K extends LiveModelEvent>(
    type: K,
    listener: (this: KnownModel, event: LiveModelEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends LiveModelEvent>(
    type: K,
    listener: (this: KnownModel, event: LiveModelEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

const emptyHistory = (): History => ({steps: [], evals: [], samples: []});

/** What a page knows of a model: fields that follow the engine's facts, and an event at every change. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface adds the event types and no members
export class KnownModel extends EventTarget {
  /** What the model is, once `ready`; `facts.training` are the settings in force. */
  facts?: ModelFacts;
  /** The tokenizer on this side, once `ready`. */
  tokenizer?: Tokenizer;
  backend?: BackendFacts;
  status: LiveStatus = 'closed';
  /** The engine's word on the status, e.g. why a run was interrupted. */
  statusMessage?: string;
  loading?: LoadingFact;
  /** The curve so far. The arrays grow in place while the model trains. */
  history: History = emptyHistory();
  /** A run of a model of this spec that was recorded earlier, for views to show until this one is trained. */
  recordedRun?: RecordedRun;
  /** Training steps done. */
  step = 0;
  /** The autosave that `restore` continues from. */
  savedFact?: SavedFact;
  /** The last error; gone when the model is opened or trained again. */
  error?: EngineErrorFact;

  /** Whether the engine has the model. */
  protected isOpen = false;

  /** Takes what the engine tells of this model. */
  protected take(fact: ModelFact): void {
    switch (fact.type) {
      case 'loading':
        this.loading = {message: fact.message, done: fact.done, total: fact.total};
        this.emit('gpt-loading', this.loading);
        break;
      case 'tensor':
        this.emit('gpt-tensor', fact.tensor);
        break;
      case 'model':
        this.setFacts(fact.facts);
        break;
      case 'status':
        this.loading = undefined;
        this.setStatus(fact.status, fact.message);
        break;
      case 'steps':
        this.loading = undefined;
        for (const step of fact.facts) {
          this.step = step.step;
          this.history.steps.push(step);
          this.emit('gpt-step', step);
        }
        break;
      case 'eval':
        this.history.evals = [...this.history.evals.filter(({step}) => step !== fact.fact.step), fact.fact];
        this.emit('gpt-eval', fact.fact);
        break;
      case 'sample':
        this.history.samples.push(fact.fact);
        this.emit('gpt-sample', fact.fact);
        break;
      case 'history':
        this.history = fact.history;
        this.emit('gpt-facts');
        break;
      case 'weights':
        this.emit('gpt-weights', {step: fact.step});
        break;
      case 'saved':
        this.savedFact = fact.fact;
        this.emit('gpt-saved', fact.fact);
        break;
      case 'error':
        this.setError(fact.error);
        break;
      case 'gone':
        this.forget();
        this.setStatus('error');
        this.setError(fact.error);
    }
  }

  protected setFacts(facts: ModelFacts): void {
    this.facts = facts;
    this.step = facts.step;
    this.emit('gpt-facts');
  }

  protected setStatus(status: LiveStatus, message?: string): void {
    if (status === this.status && message === this.statusMessage) return;
    this.status = status;
    this.statusMessage = message;
    this.emit('gpt-status', {status, message});
  }

  protected setError({code, message}: EngineErrorFact): void {
    this.error = {code, message};
    this.emit('gpt-error', this.error);
  }

  /** Nothing that was known of the old model is true of the next. */
  protected forget(): void {
    this.facts = this.tokenizer = this.loading = this.savedFact = this.error = undefined;
    this.history = emptyHistory();
    this.step = 0;
    this.isOpen = false;
  }

  protected emit<K extends LiveModelEvent>(type: K, detail?: LiveModelEventMap[K]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }
}
