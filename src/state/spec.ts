import type {CorpusSpec} from '../data/corpus.js';
import type {CheckpointSpec, ModelSpec} from '../engine/protocol.js';

/** A worker has another address than the page: a relative one in a spec is meant from the page. */
export function corpusFromHere(corpus: CorpusSpec): CorpusSpec {
  return corpus.kind === 'url' ? {...corpus, url: new URL(corpus.url, document.baseURI).href} : corpus;
}

/** The same for all addresses in the spec of a model. */
export const fromHere = (spec: ModelSpec): ModelSpec => ({
  ...spec,
  ...(spec.corpus && {corpus: corpusFromHere(spec.corpus)}),
  ...(spec.checkpoint && {checkpoint: checkpointFromHere(spec.checkpoint)}),
});

const absolute = (address: string): string => new URL(address, document.baseURI).href;

/** The same for the address of a checkpoint. */
export function checkpointFromHere(checkpoint: CheckpointSpec): CheckpointSpec {
  if (checkpoint.kind === 'url') return {...checkpoint, url: absolute(checkpoint.url)};
  if (checkpoint.kind === 'hub' && checkpoint.base) return {...checkpoint, base: absolute(checkpoint.base)};
  return checkpoint;
}
