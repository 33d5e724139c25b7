import {LiveModel} from '../../../state/live-model.js';
import {until} from '../until.js';

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
  #unanswered = 0;

  constructor() {
    const {prototype} = LiveModel;
    const calls = this;
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
                const answer = value.apply(this, args);
                if (answer instanceof Promise) calls.#wait(answer);
                return answer;
              },
            }),
      });
      this.#restore.push(() =>
        own ? Object.defineProperty(prototype, name, own) : Reflect.deleteProperty(prototype, name),
      );
    }
  }

  #wait(answer: Promise<unknown>): void {
    this.#unanswered++;
    const answered = () => this.#unanswered--;
    answer.then(answered, answered);
  }

  /** Waits until nobody waits for an answer. */
  async answered(): Promise<void> {
    await until(() => this.#unanswered === 0, 'all answers');
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
