import {LiveModel} from '../../../state/live-model.js';

/** What makes the engine work. */
const WORK = ['ready', 'trace', 'generate', 'weights', 'evaluate', 'train', 'stepOnce', 'saved'] as const;

/** A property of a prototype, its own or inherited. */
function descriptorOf(prototype: object, name: string): PropertyDescriptor {
  const own = Object.getOwnPropertyDescriptor(prototype, name);
  return own ?? descriptorOf(Object.getPrototypeOf(prototype), name);
}

/** Records who is asked for what, on every model of the page, until `end`. */
export class ModelCalls {
  readonly #calls: {model: LiveModel; method: string}[] = [];
  readonly #restore: (() => void)[] = [];

  constructor() {
    const {prototype} = LiveModel;
    for (const name of [...WORK, 'addEventListener']) {
      const own = Object.getOwnPropertyDescriptor(prototype, name);
      const {get, value} = descriptorOf(prototype, name);
      const record = (model: LiveModel) => this.#calls.push({model, method: name});
      Object.defineProperty(prototype, name, {
        configurable: true,
        ...(get
          ? {
              get(this: LiveModel) {
                record(this);
                return get.call(this);
              },
            }
          : {
              value(this: LiveModel, ...args: unknown[]) {
                record(this);
                return value.apply(this, args);
              },
            }),
      });
      this.#restore.push(() =>
        own ? Object.defineProperty(prototype, name, own) : Reflect.deleteProperty(prototype, name),
      );
    }
  }

  /** What this model was asked to compute. */
  work(model: LiveModel): string[] {
    return this.#calls
      .filter((call) => call.model === model && call.method !== 'addEventListener')
      .map(({method}) => method);
  }

  /** Whether anyone listened to this model or asked it for something. */
  touched(model: LiveModel): boolean {
    return this.#calls.some((call) => call.model === model);
  }

  clear(): void {
    this.#calls.length = 0;
  }

  end(): void {
    for (const restore of this.#restore) restore();
  }
}
