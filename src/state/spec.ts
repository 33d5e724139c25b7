import type {CorpusSpec} from '../data/corpus.js';
import type {ModelSpec} from '../engine/protocol.js';

/** A worker has another address than the page: a relative one in a spec is meant from the page. */
export function corpusFromHere(corpus: CorpusSpec): CorpusSpec {
  return corpus.kind === 'url' ? {...corpus, url: new URL(corpus.url, document.baseURI).href} : corpus;
}

/** The same for the corpus of a model. */
export const fromHere = (spec: ModelSpec): ModelSpec => ({...spec, corpus: corpusFromHere(spec.corpus)});
