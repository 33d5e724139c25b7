import {type ByteSource, blobSource} from '../../checkpoint/byte-source.js';
import {MAIN, type Repository} from '../../checkpoint/downloads/hub.js';
import {downloadRepository} from '../../checkpoint/downloads/repository.js';
import {downloadKey, freeDownload, HUB} from '../../checkpoint/downloads/store.js';
import {fetchCheckpoint} from '../../checkpoint/fetch-files.js';
import {type OpenCheckpoint, openCheckpoint} from '../../checkpoint/open-checkpoint.js';
import {type CheckpointSpec, checkpointName} from '../../checkpoint/spec.js';
import {replaceRemedy} from '../../math/remedy.js';
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
  const explained = (error: unknown): Promise<unknown> =>
    signal?.aborted ? Promise.resolve(error) : withAdvice(error as Error, spec);
  async function* explaining<T>(reading: AsyncGenerator<T, void, void>): AsyncGenerator<T, void, void> {
    try {
      yield* reading;
    } catch (error) {
      throw await explained(error);
    }
  }
  try {
    const opened = await openCheckpoint(sources, signal);
    return {
      ...opened,
      weights: (options) => explaining(opened.weights(options)),
      slices: (options) => explaining(opened.slices(options)),
    };
  } catch (error) {
    throw await explained(error);
  }
}

/** Returns the error with what to do about it, which depends on where the files come from. */
async function withAdvice(error: Error, spec: CheckpointSpec): Promise<Error> {
  switch (spec.kind) {
    case 'files':
      return error;
    case 'url':
      return replaceRemedy(error, 'Correct the files at that address, or load from another one.');
    case 'hub': {
      const isFree = await freeDownload(downloadKey(repositoryOf(spec))).then(
        () => true,
        () => false,
      );
      return replaceRemedy(
        error,
        isFree
          ? 'What was downloaded was deleted; loading it again downloads it anew. If that does not help, choose another repository.'
          : 'Another tab is using the download: close it, delete what is kept, and load it again.',
      );
    }
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
