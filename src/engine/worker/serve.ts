import {createBirpc} from 'birpc';
import {toErrorFact} from '../errors.js';
import type {PageFunctions, WorkerFunctions} from '../page/transport.js';

/** The worker's end of a transport: answers the page's requests with a host, and sends its facts. */
export function serve<Requests, Fact>(makeHost: (tell: (fact: Fact) => void) => Requests): void {
  const functions: WorkerFunctions<Requests> = {
    async ask(method, args) {
      try {
        const request = host[method] as (...args: unknown[]) => Promise<unknown>;
        return {ok: true, value: await request.apply(host, args)};
      } catch (error) {
        return {ok: false, error: toErrorFact(error)};
      }
    },
    ping() {},
  };
  const page = createBirpc<PageFunctions<Fact>, WorkerFunctions<Requests>>(functions, {
    post: (message) => self.postMessage(message),
    on: (listener) => self.addEventListener('message', (event) => listener(event.data)),
    eventNames: ['fact', 'hello', 'holds'],
  });
  const host = makeHost((fact) => void page.fact(fact));
  void page.hello();
  holdLock((name) => void page.holds(name));
}

/** Holds a lock for as long as this worker lives, so that the page notices its end. */
function holdLock(onHeld: (name: string) => void): void {
  const name = `gpt-elements worker ${Date.now()} ${Math.random()}`;
  const forever = new Promise<never>(() => {});
  const hold = () => {
    onHeld(name);
    return forever;
  };
  // Absent on pages without https; refused in sandboxed frames. The page then asks for signs of life.
  navigator.locks?.request(name, hold).catch(() => {});
}
