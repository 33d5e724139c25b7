import {key} from '../../math/rng.js';
import {yieldToEventLoop} from '../../math/yield-to-event-loop.js';
import {streamDecoder} from '../../tokenizers/stream.js';
import type {EvaluationOptions} from '../../training/session.js';
import type {StepResult} from '../../training/step-queue.js';
import {toErrorFact} from '../errors.js';
import type {EvalFact, Intervention, StepFact} from '../protocol.js';
import type {FactSender} from './fact-sender.js';
import type {OpenModel} from './open-model.js';
import {Pace, type Work} from './pace.js';
import {StepsAhead} from './steps-ahead.js';

/** What a run needs of its host. */
export interface RunHost {
  facts: FactSender;
  /** Runs work on the backend when it is free; repeats it where the device was lost meanwhile. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Autosaves the model; tells where that is not possible, and goes on. */
  save(): Promise<void>;
}

/** How the samples of a run are drawn: lively, without the unlikeliest tokens. */
const SAMPLING = {temperature: 0.8, topK: 40};

/** The loop of one model's training. Other requests run between two steps. */
export class Run {
  readonly #pace = new Pace();
  #loop?: Promise<void>;
  #wanted = false;

  readonly #host: RunHost;
  readonly #model: OpenModel;

  constructor(host: RunHost, model: OpenModel) {
    this.#host = host;
    this.#model = model;
  }

  get running(): boolean {
    return this.#wanted;
  }

  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#host.facts.setStatus(this.#model, 'training');
    const before = this.#loop ?? Promise.resolve();
    this.#loop = before.then(() => this.#train());
  }

  /** Ends after the step that is under way. */
  async halt(): Promise<void> {
    this.#wanted = false;
    await this.#loop;
  }

  /** Halts, then does what replaces the state of the model. Where that fails, a model that was training is paused. */
  async haltFor<T>(work: () => Promise<T>): Promise<T> {
    await this.halt();
    try {
      return await work();
    } catch (error) {
      if (this.#model.status === 'training') this.#host.facts.setStatus(this.#model, 'paused');
      throw error;
    }
  }

  /** One step by itself, with the evaluation that belongs before the first. */
  async single(): Promise<StepFact> {
    const host = this.#host;
    const model = this.#model;
    await this.#prepare();
    if (model.step === 0) await this.#evaluateFirst();
    const start = performance.now();
    const result = await host.turn(() => {
      model.prepareStep();
      return model.session.step();
    });
    return this.#stepped(result, performance.now() - start);
  }

  /** Metrics on both sets, kept in the curve. */
  evaluate(): Promise<EvalFact> {
    return this.#timed('evaluation', () => this.#keepMetrics());
  }

  /** Metrics on both sets of a model that is changed on the way; kept nowhere. */
  evaluateChanged(interventions: readonly Intervention[]): Promise<EvalFact> {
    return this.#metrics({interventions});
  }

  async #keepMetrics(options?: EvaluationOptions): Promise<EvalFact> {
    const model = this.#model;
    const fact = await this.#metrics(options);
    model.addEval(fact);
    this.#host.facts.evaluated(model, fact);
    return fact;
  }

  #metrics(options?: EvaluationOptions): Promise<EvalFact> {
    const model = this.#model;
    return this.#host.turn(async () => {
      const metrics = await model.session.evaluate(options);
      return {step: model.step, tokensSeen: model.session.tokensSeen, ...metrics};
    });
  }

  async #train(): Promise<void> {
    const host = this.#host;
    const model = this.#model;
    try {
      await yieldToEventLoop(); // the caller gets its answer before the work begins
      await this.#prepare();
      if (model.step === 0) await this.#evaluateFirst();
      let ahead = new StepsAhead(model.session);
      while (this.#wanted && model.session.stepsBegun < model.options.steps) {
        if (ahead.session !== model.session) ahead = new StepsAhead(model.session); // the device was lost
        await host.turn(async () => {
          if (ahead.session !== model.session) return;
          model.prepareStep();
          await ahead.begin();
        });
        const due = this.#isDue(model.session.stepsBegun);
        await this.#tell(ahead, due);
        if (due && !ahead.ahead) await this.#whatIsDue();
        await yieldToEventLoop();
      }
      await this.#tell(ahead, true);
      if (!this.#wanted) return; // paused or stopped: whoever did that tells
      this.#wanted = false;
      if (model.history.evals.at(-1)?.step !== model.step) await this.evaluate();
      await host.save();
      if (this.#wanted) return; // it was started again meanwhile: with more steps, or other settings
      host.facts.setStatus(model, 'done');
    } catch (error) {
      this.#wanted = false;
      const fact = toErrorFact(error);
      host.facts.setStatus(model, 'error', fact.message);
      host.facts.error(model, fact);
    }
  }

  /** Kernels are compiled and checked once; where that takes a while, the reader sees how far it is. */
  async #prepare(): Promise<void> {
    const host = this.#host;
    const model = this.#model;
    const before = model.kindOf(model.options);
    await host.turn(() =>
      model.session.prepare((done, total) => host.facts.loading(model, 'Preparing the GPU', done, total)),
    );
    const {kernels, precision} = model.kindOf(model.options);
    const refused = kernels !== before.kernels || precision !== before.precision;
    if (refused) host.facts.facts(model);
  }

  /** Takes what has come of the steps ahead. @param all whether to wait for all of them */
  async #tell(ahead: StepsAhead, all: boolean): Promise<void> {
    const host = this.#host;
    const model = this.#model;
    await host.turn(async () => {
      if (ahead.session !== model.session) return; // a lost device took them with it; they come again
      for await (const {result, ms} of ahead.done(all)) this.#stepped(result, ms);
    });
  }

  #stepped(result: StepResult, ms: number): StepFact {
    const host = this.#host;
    const model = this.#model;
    this.#pace.measured('step', ms);
    const fact: StepFact = {
      step: result.step,
      loss: result.loss,
      learningRate: result.learningRate,
      gradientNorm: result.gradientNorm,
      tokensSeen: result.tokensSeen,
      tokensPerSecond: this.#pace.tokensPerSecond(result.tokens),
      secondsLeft: this.#pace.secondsLeft(result.step, model.options),
    };
    model.addStep(fact);
    host.facts.stepped(model, fact);
    return fact;
  }

  /**
   * Evaluates before the first step: all that follows is compared to this. The reader waits for it, and a model with weights drawn at
   * random is equally wrong everywhere, so one batch of each set is enough for it.
   */
  #evaluateFirst(): Promise<EvalFact> {
    return this.#model.isUntrained ? this.#keepMetrics({batches: 1}) : this.evaluate();
  }

  /** Whether something else comes after this step, for which all steps so far must be done. */
  #isDue(step: number): boolean {
    const {evalInterval, saveInterval} = this.#model.session.options;
    const due = [evalInterval, saveInterval].some((every) => every > 0 && step % every === 0);
    return due || this.#isSampleDue(step);
  }

  /** The first sample comes after the first step, not before: the reader sees a loss sooner, and the text is as random. */
  #isSampleDue(step: number): boolean {
    const {sampleInterval} = this.#model.session.options;
    return sampleInterval > 0 && (step === 1 || step % sampleInterval === 0);
  }

  async #whatIsDue(): Promise<void> {
    const host = this.#host;
    const model = this.#model;
    const {evalInterval, saveInterval} = model.session.options;
    const due = (interval: number) => interval > 0 && model.step % interval === 0;
    if (due(evalInterval)) await this.evaluate();
    if (this.#isSampleDue(model.step)) await this.#timed('sample', () => this.#sample());
    if (due(saveInterval)) await this.#timed('save', () => host.save());
    // Without autosaves a lost device would throw the whole run away.
    else if (saveInterval === 0 && due(evalInterval)) await host.turn(() => model.remember());
  }

  /** What the model writes now; left out where the run is halted, or the device lost, meanwhile. */
  async #sample(): Promise<void> {
    const host = this.#host;
    const model = this.#model;
    const {samplePrompt, sampleTokens, interventions} = model.session.options;
    const {tokenizer, seed} = model.source;
    const {session, step} = model;
    const encoded = tokenizer.encode(samplePrompt);
    const promptIds = encoded.length > 0 ? encoded : [model.startToken]; // words know no white space
    const read = streamDecoder(tokenizer);
    const options = {
      maxNewTokens: sampleTokens,
      seed: key(seed, step),
      candidates: 0,
      interventions,
      ...SAMPLING,
    };
    const writing = session.writer.write(promptIds, options);
    let text = '';
    for (;;) {
      const next = await host.turn(() => writing.next());
      if (next.done || !this.#wanted) break;
      for (const {id} of next.value) text += read(id);
      await yieldToEventLoop();
    }
    if (!this.#wanted || model.session !== session) return;
    const fact = {step, prompt: samplePrompt, text: text + read()};
    model.history.samples.push(fact);
    host.facts.sampled(model, fact);
  }

  async #timed<T>(work: Work, doIt: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const value = await doIt();
    this.#pace.measured(work, performance.now() - start);
    return value;
  }
}
