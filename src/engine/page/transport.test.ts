import {expect} from '@open-wc/testing';
import {LiveModel} from '../../state/live-model.js';
import {openBackend} from '../device/backend.js';
import {EngineError} from '../errors.js';
import type {EngineRequests} from '../protocol.js';
import {connectInProcess, freshAutosaves, rejection, TINY_SPEC} from '../testing/in-process.js';
import {QUICK} from '../testing/rounds.js';
import {inProcess} from './transport.js';

const ENDED = new EngineError('canceled', 'The model was closed.');

/** The messages of rejections that nobody has handled while `work` ran. */
async function unhandled(work: () => unknown): Promise<string[]> {
  const messages: string[] = [];
  const note = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    messages.push(event.reason.message);
  };
  window.addEventListener('unhandledrejection', note, {capture: true});
  await work();
  await new Promise((resolve) => setTimeout(resolve)); // they are told after the current task
  await new Promise((resolve) => setTimeout(resolve));
  window.removeEventListener('unhandledrejection', note, {capture: true});
  return messages;
}

describe('the end of an engine in this thread', () => {
  it('leaves no rejection unhandled where its host cannot be disposed', async () => {
    const dispose = () => Promise.reject(new Error('the device is lost'));
    const transport = inProcess<object, never>(
      () => ({dispose}),
      () => {},
    );
    expect(await unhandled(() => transport.end(ENDED))).to.deep.equal([]);
  });

  it('leaves none where a request is canceled that ends with it', async () => {
    const abort = new AbortController();
    const connect = () => {
      const connection = connectInProcess({...QUICK, autosaves: freshAutosaves()});
      const cancel = () => Promise.reject(new Error('the worker is gone'));
      const trace: EngineRequests['trace'] = (...args) => {
        const answer = connection.engine.trace(...args);
        abort.abort(); // when the request has been sent
        return answer;
      };
      const get = (engine: EngineRequests, name: keyof EngineRequests) =>
        name === 'cancel' ? cancel : name === 'trace' ? trace : engine[name];
      return {...connection, engine: new Proxy(connection.engine, {get} as ProxyHandler<EngineRequests>)};
    };
    const model = new LiveModel('m', TINY_SPEC, connect, {backend: 'cpu'});
    await model.ready;
    const messages = await unhandled(() =>
      model.trace({text: 'one', want: ['logits'], signal: abort.signal}),
    );
    expect(messages).to.deep.equal([]);
    await model.close();
  });

  it('frees the backend also where a model cannot be freed', async () => {
    let isBroken = false;
    let closed = () => {};
    const closing = new Promise<void>((resolve) => (closed = resolve));
    const cpu = async () => {
      const backend = (await openBackend.cpu())!;
      return {...backend, takeErrors: () => (isBroken ? ['out of memory'] : []), close: closed};
    };
    const {engine, release} = connectInProcess({...QUICK, open: {...openBackend, cpu}});
    await engine.start('cpu');
    await engine.open('m', TINY_SPEC);
    isBroken = true;
    expect((await rejection(engine.weights('m'))).code).to.equal('backend');
    expect(await unhandled(release)).to.deep.equal([]);
    await closing;
  });
});
