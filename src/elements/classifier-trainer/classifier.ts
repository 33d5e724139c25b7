/** The classifier of the element: a fork of the page's model, made when the reader first trains. */
import {announceClassifier} from '../../state/classifier-of.js';
import {
  type ClassificationTaskSpec,
  createModel,
  type LabeledSpec,
  type LiveModel,
  type ModelFacts,
  type ModelSpec,
  removeModel,
  type Tune,
} from '../../state/index.js';

export type Start = 'pretrained' | 'random';

export interface ClassifierChoice {
  start: Start;
  tune: Tune;
  seed: number;
  /** What it learns from. Default: the generated messages of the seed. */
  data?: LabeledSpec;
  /** Names of the classes. */
  classes: readonly string[];
}

const EVENTS = [
  'gpt-status',
  'gpt-eval',
  'gpt-step',
  'gpt-loading',
  'gpt-error',
  'gpt-facts',
  'gpt-saved',
] as const;

/** Returns the spec of a classifier that starts from a model of the page, or with random weights of its size. */
export function classifierSpec(
  base: LiveModel,
  {config, tokenizer}: ModelFacts,
  choice: ClassifierChoice,
): ModelSpec {
  const {start, tune, seed, data = {kind: 'spam-ham', seed}} = choice;
  const task: ClassificationTaskSpec = {kind: 'classification', data, tune};
  const {corpus, pretrained, checkpoint} = base.spec;
  if (start === 'random') return {config, tokenizer, corpus, seed, task};
  // A model that was not trained further is the same after a reload, so that the run can be continued then.
  if (base.step === 0 && pretrained) return {pretrained, corpus, seed, task};
  if (base.step === 0 && checkpoint?.kind === 'hub') return {checkpoint, corpus, seed, task};
  return {from: base.name, corpus, seed, task};
}

/** How often changes are told, in milliseconds. */
const CHANGES_MS = 100;

export class Classifier {
  model?: LiveModel;
  #base?: LiveModel;
  #following?: AbortController;
  #timer?: ReturnType<typeof setTimeout>;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Whether it still has the head that it was made with. */
  get isUntrained(): boolean {
    const {step, facts} = this.model ?? {};
    return step === 0 && !facts?.classification?.hasLoadedHead;
  }

  /** Returns whether its last step was done, now or before a reload. */
  isFinished(steps: number): boolean {
    const {status, step = 0} = this.model ?? {};
    return status === 'done' || (status === 'paused' && step >= steps);
  }

  /** Makes the classifier of a choice. */
  make(base: LiveModel, facts: ModelFacts, choice: ClassifierChoice): LiveModel {
    const spec = classifierSpec(base, facts, choice);
    const model = (this.model = createModel(`${base.name}-classifier`, spec));
    model.backendChoice = base.backendChoice;
    const {signal} = (this.#following = new AbortController());
    for (const type of EVENTS) model.addEventListener(type, this.#soon, {signal});
    this.#base = base;
    announceClassifier(base, {model, classes: choice.classes});
    return model;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#following?.abort();
    if (this.#base) announceClassifier(this.#base, undefined);
    this.#base = undefined;
    if (this.model) void removeModel(this.model);
    this.model = undefined;
  }

  #soon = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed();
    }, CHANGES_MS);
  };
}
