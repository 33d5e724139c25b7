import type {ModelSpec} from '../engine/protocol.js';

/** The worker has another address than the page: a relative one in a spec is meant from the page. */
export function fromHere(spec: ModelSpec): ModelSpec {
  const {corpus} = spec;
  return corpus.kind === 'url'
    ? {...spec, corpus: {...corpus, url: new URL(corpus.url, document.baseURI).href}}
    : spec;
}
