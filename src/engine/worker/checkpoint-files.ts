import {type ByteSource, blobSource} from '../../checkpoint/byte-source.js';
import {type OpenCheckpoint, openCheckpoint} from '../../checkpoint/open-checkpoint.js';
import type {CheckpointSpec} from '../../checkpoint/spec.js';
import {EngineError} from '../errors.js';
import type {LoadingProgress} from './loading-progress.js';

/**
 * Opens what a spec names: everything but the weights is then read and checked.
 * @throws {EngineError | Error} with a sentence for readers, as `openCheckpoint`
 */
export async function openCheckpointSpec(
  spec: CheckpointSpec,
  progress: LoadingProgress,
  signal?: AbortSignal,
): Promise<OpenCheckpoint> {
  progress('Opening the files', 0, 0);
  return openCheckpoint(await sourcesOf(spec), signal);
}

async function sourcesOf(spec: CheckpointSpec): Promise<Map<string, ByteSource>> {
  if (spec.kind !== 'files') throw new EngineError('config', 'Only files can be loaded.');
  return new Map(spec.files.map(({path, blob}) => [path, blobSource(blob)]));
}
