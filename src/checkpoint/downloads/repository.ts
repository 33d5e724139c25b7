import type {GPTConfig} from '../../model/config.js';
import {StorageError} from '../autosave.js';
import {type ByteSource, readText} from '../byte-source.js';
import {readConfig} from '../hugging-face/config.js';
import {downloadFile, fileSource, hasChecksum} from './download.js';
import {DownloadError} from './error.js';
import {listRepository, type Repository} from './hub.js';
import {memoryParts} from './memory-parts.js';
import {
  DownloadFolder,
  downloadKey,
  leadingParts,
  PART_BYTES,
  type PartFolder,
  type StoredFile,
} from './store.js';

export interface RepositoryListener {
  signal?: AbortSignal;
  onProgress?: (message: string, done: number, total: number) => void;
  /** Called when the size of the model is known, before its weights are downloaded; may refuse it. */
  checkConfig?: (config: GPTConfig) => Promise<void>;
}

const CONFIG = 'config.json';

/**
 * Downloads the files of a repository, or what is missing of them, and returns them by path.
 * @throws {DownloadError} where the server refuses or sends something else. @throws {StorageError} where there is too little room
 */
export async function downloadRepository(
  repository: Repository,
  {signal, onProgress, checkConfig}: RepositoryListener = {},
): Promise<Map<string, ByteSource>> {
  const folder = await DownloadFolder.open(downloadKey(repository)).catch(() => undefined);
  const recorded = await folder?.record();
  if (folder && recorded?.complete) {
    const sources = await sourcesIn(folder, recorded.files);
    if (sources) return sources;
  }
  onProgress?.(`Asking for the files of ${repository.repo}`, 0, 0);
  const files = await listRepository(repository, signal);
  const parts = new Map<StoredFile, PartFolder>();
  for (const file of files) {
    const changed = recorded && !recorded.files.some((other) => isSame(other, file));
    if (folder && changed) await folder.remove(file.path).catch(() => {});
    parts.set(file, (await folder?.parts(file.path)) ?? memoryParts());
  }
  await folder?.setRecord({...repository, files, complete: false});
  const total = files.reduce((sum, {size}) => sum + size, 0);
  if (folder) await checkRoom(parts, total);
  let before = 0;
  for (const [file, itsParts] of parts) {
    const onBytes = (bytes: number) =>
      onProgress?.(`Downloading ${file.path} of ${repository.repo}`, before + bytes, total);
    await downloadFile(repository, file, itsParts, {signal, onBytes}).catch(asStorage);
    before += file.size;
    if (file.path === CONFIG && checkConfig)
      await checkConfig(readConfig(await readText(CONFIG, await fileSource(itsParts, file), 1e6)).config);
  }
  for (const [file, itsParts] of parts) {
    const onBytes = (bytes: number) =>
      onProgress?.(`Comparing the checksum of ${file.path}`, bytes, file.size);
    if (await hasChecksum(itsParts, file, {signal, onBytes})) continue;
    await folder?.remove(file.path);
    throw new DownloadError(
      `${file.path} of ${repository.repo} arrived damaged: its checksum is not the one that the server told. It was deleted; download it again.`,
    );
  }
  await folder?.setRecord({...repository, files, complete: true});
  const sources = new Map<string, ByteSource>();
  for (const [file, itsParts] of parts) sources.set(file.path, await fileSource(itsParts, file));
  return sources;
}

const isSame = (a: StoredFile, b: StoredFile): boolean =>
  a.path === b.path && a.size === b.size && a.sha256 === b.sha256 && a.version === b.version;

/** Returns the files of a finished download; undefined where the browser has thrown something away. */
async function sourcesIn(
  folder: DownloadFolder,
  files: readonly StoredFile[],
): Promise<Map<string, ByteSource> | undefined> {
  const sources = new Map<string, ByteSource>();
  for (const file of files) {
    const source = await fileSource(await folder.parts(file.path), file);
    if (source.size !== file.size) return undefined;
    sources.set(file.path, source);
  }
  return sources;
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;

/** @throws {StorageError} where the browser has no room for what is missing */
async function checkRoom(parts: ReadonlyMap<StoredFile, PartFolder>, total: number): Promise<void> {
  let missing = total;
  for (const [{size}, itsParts] of parts)
    missing -= Math.min(size, (await leadingParts(itsParts, size)) * PART_BYTES);
  const {quota = Number.POSITIVE_INFINITY, usage = 0} = await navigator.storage.estimate();
  if (missing > quota - usage)
    throw new StorageError(
      `${megabytes(missing)} are missing of this model, and the browser has room for ${megabytes(Math.max(0, quota - usage))}. ` +
        'Free a stored model, or space on the disk, and try again.',
    );
}

function asStorage(error: unknown): never {
  if ((error as Error).name !== 'QuotaExceededError') throw error;
  throw new StorageError(
    'The browser has no more room for this download. What has arrived is kept: free a stored model, or space on the disk, and continue.',
    {cause: error},
  );
}
