/// <reference lib="webworker" />
import {createBirpc} from 'birpc';
import {toErrorFact} from './errors.js';
import {EngineHost} from './host.js';
import type {PageFunctions, WorkerFunctions} from './transport.js';

const host = new EngineHost((fact) => void page.fact(fact), 'worker');

const functions: WorkerFunctions = {
  async ask(method, args) {
    try {
      return {ok: true, value: await (host[method] as (...args: unknown[]) => Promise<unknown>)(...args)};
    } catch (error) {
      return {ok: false, error: toErrorFact(error)};
    }
  },
};

const page = createBirpc<PageFunctions, WorkerFunctions>(functions, {
  post: (message) => self.postMessage(message),
  on: (listener) => self.addEventListener('message', (event) => listener(event.data)),
  eventNames: ['fact', 'hello'],
});

void page.hello();
