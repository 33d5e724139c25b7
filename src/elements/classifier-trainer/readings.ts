/** What the reader's classifier makes of a message, of the pair, and of a message's last vector. */

import {Memo} from '../../ui/base/memo.js';
import type {Attribution} from './attribution.js';
import type {BodyProps, Reading} from './body-props.js';
import type {HeadReading, NextTokens} from './head.js';

type Views = typeof import('./views.js');

/** Asks a classifier again when it, its weights or the message changed. */
export class Readings implements Reading {
  attribution?: Attribution;
  problem = '';
  pair?: readonly Attribution[];
  head?: HeadReading;
  next?: NextTokens;

  // Each on its own: typing a message does not stop what the pair is asked.
  readonly #message = new Question(({message}) => this.#show({attribution: undefined, problem: message}));
  readonly #pair = new Question(({message}) => this.#show({problem: message}));
  readonly #head = new Question(({message}) => this.#show({problem: message}));
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  forget(): void {
    this.attribution = this.pair = this.head = this.next = undefined;
    this.problem = '';
    this.#changed();
  }

  stop(): void {
    for (const question of [this.#message, this.#pair, this.#head]) question.stop();
  }

  ask(views: Views, {model, base, text, hasOwnData}: BodyProps): void {
    if (!model?.facts || model.status === 'training') return;
    const state = [model, model.spec, model.step, model.status];
    if (text.trim())
      this.#message.ask([...state, text], async (signal) => {
        const attribution = await views.attribute(model, text, signal);
        if (!signal.aborted) this.#show({attribution, problem: ''});
      });
    const read = hasOwnData ? text : views.PAIR[0].text;
    if (base && read.trim())
      this.#head.ask([...state, base, read], async (signal) => {
        const head = await views.readHead(model, read, signal);
        const next = await views.readNext(base, read, signal);
        if (!signal.aborted) this.#show({head, next});
      });
    if (!hasOwnData)
      this.#pair.ask(state, async (signal) => {
        const pair: Attribution[] = [];
        for (const message of views.PAIR) pair.push(await views.attribute(model, message.text, signal));
        if (!signal.aborted) this.#show({pair});
      });
  }

  #show(change: Partial<Pick<Readings, 'attribution' | 'problem' | 'pair' | 'head' | 'next'>>): void {
    Object.assign(this, change);
    this.#changed();
  }
}

/** One question, asked again when what it depends on changed. */
class Question {
  #asking?: AbortController;
  readonly #asked = new Memo();
  readonly #failed: (error: Error) => void;

  constructor(failed: (error: Error) => void) {
    this.#failed = failed;
  }

  ask(inputs: readonly unknown[], work: (signal: AbortSignal) => Promise<void>): void {
    if (!this.#asked.changed(...inputs)) return;
    this.#asking?.abort();
    const {signal} = (this.#asking = new AbortController());
    work(signal).catch((error: Error) => signal.aborted || this.#failed(error));
  }

  /** It is asked again next time. */
  stop(): void {
    this.#asking?.abort();
    this.#asked.forget();
  }
}
