/** What an element takes from the page and has to give back: listeners, timers, observers. */
import type {LiveModel} from '../../../state/live-model.js';

type Listener = EventListenerOrEventListenerObject | null;

export class Holdings {
  readonly #listeners = new Map<EventTarget, Map<string, Set<Listener>>>();
  readonly #timers = new Set<number>();
  readonly #intervals = new Set<number>();
  readonly #observers = new Map<object, Set<Element>>();
  readonly #restore: (() => void)[] = [];

  /** @param model A model that outlives the element. */
  constructor(model?: LiveModel) {
    this.#wrapListeners(model);
    this.#wrapTimers();
    for (const name of ['IntersectionObserver', 'ResizeObserver', 'MutationObserver'] as const)
      this.#wrapObserver(window[name].prototype, name);
  }

  /** What is still held, in words. */
  get list(): string[] {
    return [
      ...[...this.#listeners].flatMap(([target, types]) =>
        [...types].flatMap(([type, {size}]) =>
          size > 0 ? `${size} × ${type} on ${target === window ? 'window' : target.constructor.name}` : [],
        ),
      ),
      ...(this.#timers.size > 0 ? [`${this.#timers.size} timers`] : []),
      ...(this.#intervals.size > 0 ? [`${this.#intervals.size} intervals`] : []),
      ...[...this.#observers].flatMap(([observer, {size}]) =>
        size > 0 ? `${observer.constructor.name} of ${size}` : [],
      ),
    ];
  }

  end(): void {
    for (const restore of this.#restore) restore();
  }

  #replace<T extends object, K extends keyof T>(object: T, name: K, make: (own: T[K]) => T[K]): void {
    const own = object[name];
    object[name] = make(own);
    this.#restore.push(() => (object[name] = own));
  }

  #wrapListeners(model: LiveModel | undefined): void {
    const isShared = (target: EventTarget): boolean =>
      target === model || target instanceof MediaQueryList || target === document || target === window;
    const keep = (target: EventTarget, type: string): Set<Listener> => {
      const types = this.#listeners.get(target) ?? new Map<string, Set<Listener>>();
      this.#listeners.set(target, types);
      const kept = types.get(type) ?? new Set();
      types.set(type, kept);
      return kept;
    };
    const {prototype} = EventTarget;
    this.#replace(
      prototype,
      'addEventListener',
      (own) =>
        function (this: EventTarget, type, listener, options) {
          const target = this ?? window;
          if (isShared(target)) {
            const kept = keep(target, type);
            kept.add(listener);
            const {signal, once} = typeof options === 'object' ? options : {};
            if (signal) own.call(signal, 'abort', () => kept.delete(listener));
            if (once) own.call(target, type, () => kept.delete(listener), {once: true});
          }
          own.call(target, type, listener, options);
        },
    );
    this.#replace(
      prototype,
      'removeEventListener',
      (own) =>
        function (this: EventTarget, type, listener, options) {
          const target = this ?? window;
          if (isShared(target)) keep(target, type).delete(listener);
          own.call(target, type, listener, options);
        },
    );
  }

  #wrapTimers(): void {
    const timers = this.#timers;
    const page = window as unknown as Record<string, (...args: unknown[]) => number>;
    const once = (name: string) =>
      this.#replace(page, name, (own) => (callback, ...rest) => {
        const id: number = own.call(
          window,
          (...args: unknown[]) => {
            timers.delete(id);
            (callback as (...args: unknown[]) => void)(...args);
          },
          ...rest,
        );
        // A client of the engine belongs to the page: it keeps a worker for a while.
        if (!/\/src\/engine\//.test(new Error().stack ?? '')) timers.add(id);
        return id;
      });
    const clear = (name: string, from: Set<number>) =>
      this.#replace(page, name, (own) => (id) => {
        from.delete(id as number);
        return own.call(window, id);
      });
    once('setTimeout');
    once('requestAnimationFrame');
    clear('clearTimeout', timers);
    clear('cancelAnimationFrame', timers);
    this.#replace(page, 'setInterval', (own) => (...args) => {
      const id = own.apply(window, args);
      this.#intervals.add(id);
      return id;
    });
    clear('clearInterval', this.#intervals);
  }

  #wrapObserver(prototype: {observe(target: never): void; disconnect(): void}, name: string): void {
    const held = (observer: object): Set<Element> => {
      const targets = this.#observers.get(observer) ?? new Set();
      this.#observers.set(observer, targets);
      return targets;
    };
    const own = prototype as unknown as Record<string, (...args: unknown[]) => void>;
    this.#replace(
      own,
      'observe',
      (observe) =>
        function (this: object, target, ...rest) {
          held(this).add(target as Element);
          observe.call(this, target, ...rest);
        },
    );
    this.#replace(
      own,
      'disconnect',
      (disconnect) =>
        function (this: object) {
          held(this).clear();
          disconnect.call(this);
        },
    );
    if (name === 'MutationObserver') return;
    this.#replace(
      own,
      'unobserve',
      (unobserve) =>
        function (this: object, target) {
          held(this).delete(target as Element);
          unobserve.call(this, target);
        },
    );
  }
}
