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
  };
  const page = createBirpc<PageFunctions<Fact>, WorkerFunctions<Requests>>(functions, {
    post: (message) => self.postMessage(message),
    on: (listener) => self.addEventListener('message', (event) => listener(event.data)),
    eventNames: ['fact', 'hello'],
  });
  const host = makeHost((fact) => void page.fact(fact));
  void page.hello();
}
