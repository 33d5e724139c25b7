/** Where the engine's worker comes from. Nothing here runs until a page asks something of a model. */
import {beside} from './beside.js';

/** The worker lies beside this file, in the sources as in every build. */
// The expression must stay literal: it is what Vite, webpack and Parcel look for.
const literal = (): Worker =>
  new Worker(new URL('./engine.worker.js', import.meta.url), {type: 'module', name: 'gpt-engine'});

let factory = literal;

const literalText = (): Worker =>
  new Worker(new URL('./text.worker.js', import.meta.url), {type: 'module', name: 'gpt-text'});

let textFactory = literalText;

/** For bundlers that cannot find the engine's worker by themselves, and for pages that serve it from elsewhere. */
export function setWorkerFactory(make: (() => Worker) | undefined): void {
  factory = make ?? literal;
}

/** The same for the text worker, which trains tokenizers and encodes long texts. */
export function setTextWorkerFactory(make: (() => Worker) | undefined): void {
  textFactory = make ?? literalText;
}

/** The folder that holds `engine.worker.js`, `text.worker.js` and tfjs's `.wasm` files. */
export function setBasePath(path: string): void {
  const base = new URL(path.endsWith('/') ? path : `${path}/`, location.href);
  factory = () => new Worker(new URL('engine.worker.js', base), {type: 'module', name: 'gpt-engine'});
  textFactory = () => new Worker(new URL('text.worker.js', base), {type: 'module', name: 'gpt-text'});
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

let policy: ScriptUrlPolicy | undefined;

/**
 * Returns the address in the form in which a page that requires Trusted Types accepts it. Where the page's `trusted-types`
 * does not list `gpt-elements`, the page's default policy decides.
 */
function trusted(address: string): string {
  const {trustedTypes} = globalThis as {trustedTypes?: TrustedTypes};
  try {
    policy ??= trustedTypes?.createPolicy('gpt-elements', {createScriptURL: (url) => url});
  } catch {
    return address;
  }
  return policy?.createScriptURL(address) ?? address;
}

/** In a sandboxed frame (an opaque origin) browsers start classic workers from a blob, but no module workers. */
const isSandboxed = () => globalThis.origin === 'null';

/** A script of another origin (a CDN) is refused by `new Worker`; a same-origin blob that imports it is not. */
function sameOrigin(script: string | URL): string {
  const url = beside(new URL(script, location.href));
  // Not `location.origin`: in a sandboxed frame every address is of another origin.
  if (url.origin === globalThis.origin || !/^https?:$/.test(url.protocol)) return url.href;
  const address = JSON.stringify(url.href);
  // A static import: messages posted meanwhile wait for it. The CDN must send Access-Control-Allow-Origin.
  const code = isSandboxed()
    ? `import(${address}).catch((error) => setTimeout(() => { throw error; }));` // an error event, as from a static import
    : `import ${address};`;
  const blob = URL.createObjectURL(new Blob([code], {type: 'text/javascript'}));
  setTimeout(() => URL.revokeObjectURL(blob), 60_000); // not before the worker has read it
  return blob;
}

/**
 * Makes a worker while the global `Worker` is one that accepts scripts of other origins: the URL cannot be taken
 * out of the literal expression, so the constructor is exchanged instead, for this one synchronous call.
 */
function acrossOrigins(make: () => Worker): Worker {
  const Native = globalThis.Worker;
  globalThis.Worker = class extends Native {
    constructor(script: string | URL, options?: WorkerOptions) {
      super(trusted(sameOrigin(script)), isSandboxed() ? {...options, type: 'classic'} : options);
    }
  };
  try {
    return make();
  } finally {
    globalThis.Worker = Native;
  }
}

export const makeWorker = (): Worker => acrossOrigins(factory);

export const makeTextWorker = (): Worker => acrossOrigins(textFactory);
