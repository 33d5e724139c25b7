/** What the reader's classifier makes of a message, of the pair, and of a message's last vector. */

import type {LiveModel} from '../../state/live-model.js';
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

  #asking?: AbortController;
  readonly #asked = new Memo();
  readonly #askedPair = new Memo();
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
    this.#asking?.abort();
  }

  ask(views: Views, props: BodyProps): void {
    const {model, text} = props;
    if (!model?.facts || model.status === 'training' || !text.trim()) return;
    if (!this.#asked.changed(model, model.spec, model.step, model.status, text)) return;
    this.stop();
    const {signal} = (this.#asking = new AbortController());
    void this.#ask(views, {...props, model}, signal).catch((error: Error) => {
      if (signal.aborted) return;
      this.attribution = undefined;
      this.problem = error.message;
      this.#changed();
    });
  }

  async #ask(views: Views, props: BodyProps & {model: LiveModel}, signal: AbortSignal): Promise<void> {
    const {base, model, text, hasOwnData} = props;
    const attribution = await views.attribute(model, text, signal);
    if (signal.aborted) return;
    this.attribution = attribution;
    this.problem = '';
    this.#changed();
    if (base) await this.#askHead(views, model, base, hasOwnData ? text : views.PAIR[0].text, signal);
    if (hasOwnData || !this.#askedPair.changed(model, model.spec, model.step, model.status)) return;
    const pair: Attribution[] = [];
    for (const message of views.PAIR) pair.push(await views.attribute(model, message.text, signal));
    if (signal.aborted) return;
    this.pair = pair;
    this.#changed();
  }

  async #askHead(
    views: Views,
    model: LiveModel,
    base: LiveModel,
    text: string,
    signal: AbortSignal,
  ): Promise<void> {
    const head = await views.readHead(model, text, signal);
    const next = await views.readNext(base, text, signal);
    if (signal.aborted) return;
    Object.assign(this, {head, next});
    this.#changed();
  }
}
