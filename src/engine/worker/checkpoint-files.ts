import {type ByteSource, blobSource} from '../../checkpoint/byte-source.js';
import {MAIN, type Repository} from '../../checkpoint/downloads/hub.js';
import {downloadRepository} from '../../checkpoint/downloads/repository.js';
import {downloadKey, freeDownload, HUB} from '../../checkpoint/downloads/store.js';
import {fetchCheckpoint} from '../../checkpoint/fetch-files.js';
import {type OpenCheckpoint, openCheckpoint} from '../../checkpoint/open-checkpoint.js';
import {type CheckpointSpec, checkpointName} from '../../checkpoint/spec.js';
import type {GPTConfig} from '../../model/config.js';
import type {LoadingProgress} from './loading-progress.js';

export interface OpeningListener {
  progress: LoadingProgress;
  /** Called when the size of a model is known, before its weights are downloaded; may refuse it. */
  checkConfig?: (config: GPTConfig) => Promise<void>;
}

/**
 * Opens what a spec names, downloaded where it has to be: everything but the weights is then read and checked.
 * @throws with a sentence for readers, as `openCheckpoint`, `downloadRepository` and `fetchCheckpoint`
 */
export async function openCheckpointSpec(
  spec: CheckpointSpec,
  listener: OpeningListener,
  signal?: AbortSignal,
): Promise<OpenCheckpoint> {
  const sources = await sourcesOf(spec, listener, signal);
  listener.progress(`Opening ${checkpointName(spec)}`, 0, 0);
  try {
    return await openCheckpoint(sources, signal);
  } catch (error) {
    if (spec.kind === 'hub' && !signal?.aborted) {
      const isFree = await freeDownload(downloadKey(repositoryOf(spec))).then(
        () => true,
        () => false, // another tab is downloading it anew
      );
      if (isFree)
        (error as Error).message += ' What was downloaded was deleted; loading it again downloads it anew.';
    }
    throw error;
  }
}

const repositoryOf = ({
  repo,
  revision = MAIN,
  base = HUB,
}: Extract<CheckpointSpec, {kind: 'hub'}>): Repository => ({repo, revision, base: base.replace(/\/+$/, '')});

async function sourcesOf(
  spec: CheckpointSpec,
  {progress, checkConfig}: OpeningListener,
  signal?: AbortSignal,
): Promise<Map<string, ByteSource>> {
  switch (spec.kind) {
    case 'files':
      return new Map(spec.files.map(({path, blob}) => [path, blobSource(blob)]));
    case 'url': {
      const onProgress = (done: number, total: number) => progress(`Fetching ${spec.url}`, done, total);
      return fetchCheckpoint(spec.url, onProgress, signal);
    }
    case 'hub':
      return downloadRepository(repositoryOf(spec), {signal, onProgress: progress, checkConfig});
  }
}
