import {expect} from '@open-wc/testing';
import type {NamedTensor} from '../engine/protocol.js';
import type {LiveModel, TraceRequest} from './live-model.js';
import {watchTrace} from './watch.js';

/** Only what a watch needs of a model: traces that end when the test says so. */
class SlowModel extends EventTarget {
  asked = 0;
  running = 0;
  mostRunning = 0;
  readonly #ends: (() => void)[] = [];

  async trace({want}: TraceRequest): Promise<Record<string, NamedTensor>> {
    this.asked++;
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    await new Promise<void>((resolve) => this.#ends.push(resolve));
    this.running--;
    return {[want[0]!]: {shape: [1], data: Float32Array.of(this.asked)}};
  }

  async finish(): Promise<void> {
    this.#ends.shift()!();
    await new Promise((resolve) => setTimeout(resolve));
  }

  changed(): void {
    this.dispatchEvent(new CustomEvent('gpt-weights', {detail: {step: 1}}));
  }
}

describe('watching a trace', () => {
  const later = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));
  let model: SlowModel;
  let seen: number[];
  const watch = (options: {isVisible?: () => boolean; minIntervalMs?: number; signal?: AbortSignal} = {}) =>
    watchTrace(
      model as unknown as LiveModel,
      {text: 'a', want: ['x']},
      {minIntervalMs: 0, ...options},
      (trace) => seen.push(trace.x!.data[0]!),
    );
  beforeEach(() => {
    model = new SlowModel();
    seen = [];
  });

  it('traces now and after changes, one at a time, and only the newest', async () => {
    const {stop} = watch();
    expect(model.asked).to.equal(1);
    for (let i = 0; i < 5; i++) model.changed();
    expect(model.asked).to.equal(1);
    await model.finish();
    expect(model.asked).to.equal(2);
    await model.finish();
    await later(5);
    expect(model.asked, 'nothing has changed since').to.equal(2);
    expect(seen).to.deep.equal([1, 2]);
    expect(model.mostRunning).to.equal(1);
    stop();
  });

  it('keeps its distance, and makes up for what it left out', async () => {
    const {stop} = watch({minIntervalMs: 60});
    await model.finish();
    model.changed();
    await later(10);
    expect(model.asked).to.equal(1);
    await later(80);
    expect(model.asked).to.equal(2);
    stop();
  });

  it('rests while nobody looks', async () => {
    let visible = false;
    const {poke, stop} = watch({isVisible: () => visible});
    model.changed();
    expect(model.asked).to.equal(0);
    visible = true;
    poke();
    expect(model.asked).to.equal(1);
    stop();
  });

  it('ends with its signal or `stop`', async () => {
    const abort = new AbortController();
    watch({signal: abort.signal});
    abort.abort();
    model.changed();
    await model.finish();
    expect(seen, 'an answer that came too late').to.deep.equal([]);
    expect(model.asked).to.equal(1);
  });
});
