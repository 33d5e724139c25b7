/** In place of the page's client of the text worker: works in this thread, and answers a question once for all figures. */
import {TextHost} from '../../src/engine/text/text-host.js';
import {during} from './pending.js';

type Method = 'encode' | 'train' | 'labeled' | 'countTokens';

const host = new TextHost(() => {});
const answers = new Map<string, Promise<unknown>>();
let requests = 0;

export const textClient = {
  ask(method: Method, args: unknown[]): Promise<unknown> {
    const key = JSON.stringify([method, ...args]);
    const answer =
      answers.get(key) ??
      (host[method] as (request: number, ...rest: unknown[]) => Promise<unknown>)(++requests, ...args);
    answers.set(key, answer);
    return during(() => answer);
  },
};
