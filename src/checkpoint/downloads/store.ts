/**
 * Downloads in the browser's storage (OPFS): a folder a repository, in it a folder a file, in it the file's bytes in parts. A part
 * counts once it has its full size, so that a page or browser that ends at any moment leaves a download that can be resumed. No tfjs.
 */

import {DownloadError} from './error.js';

/** Hugging Face's hub: where a repository lies unless another server is named. */
export const HUB = 'https://huggingface.co';

/** Bytes of every part of a file but the last. */
export const PART_BYTES = 8 * 2 ** 20;
const ROOT = 'gpt-elements-downloads';
const RECORD = 'record.json';

export interface StoredFile {
  path: string;
  /** In bytes. */
  size: number;
  /** Of the whole file, where the server tells it. */
  sha256?: string;
  /** Differs where the content does, where the server tells it: git's name of the content. */
  version?: string;
}

/** What is kept of a repository. */
export interface DownloadRecord {
  base: string;
  repo: string;
  revision: string;
  files: StoredFile[];
  /** Whether all files are there and their checksums were compared. */
  complete: boolean;
}

export interface KeptDownload extends DownloadRecord {
  key: string;
  /** Bytes that are there. */
  kept: number;
  /** Bytes of all files. */
  total: number;
}

/** Parts of one file. */
export interface PartFolder {
  /** Bytes of a part; 0 where it is not there. */
  size(index: number): Promise<number>;
  write(index: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  blob(index: number): Promise<Blob>;
}

export const partCount = (size: number): number => Math.ceil(size / PART_BYTES);
export const partBytes = (size: number, index: number): number =>
  Math.min(PART_BYTES, size - index * PART_BYTES);

export const downloadKey = ({base, repo, revision}: Pick<DownloadRecord, 'base' | 'repo' | 'revision'>) =>
  encodeURIComponent(`${base} ${repo} ${revision}`);
const nameOf = (path: string): string => `file ${encodeURIComponent(path)}`;

const isMissing = (error: unknown): boolean => (error as Error).name === 'NotFoundError';

/** Returns what was asked for; undefined where it is not in storage. */
async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function root(): Promise<FileSystemDirectoryHandle> {
  const storage = await navigator.storage.getDirectory();
  return storage.getDirectoryHandle(ROOT, {create: true});
}

async function fileIn(folder: FileSystemDirectoryHandle, name: string): Promise<File | undefined> {
  const handle = await ifThere(folder.getFileHandle(name));
  return handle && ifThere(handle.getFile());
}

/** Safari before 26 writes by handles of the worker only. */
interface SyncHandle {
  truncate(size: number): void;
  write(bytes: Uint8Array, options: {at: number}): number;
  flush(): void;
  close(): void;
}

async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const handle = await folder.getFileHandle(name, {create: true});
  if ('createWritable' in handle) {
    const stream = await handle.createWritable();
    try {
      await stream.write(bytes);
    } catch (error) {
      await stream.abort().catch(() => {});
      throw error;
    }
    await stream.close();
    return;
  }
  const open = handle as unknown as {createSyncAccessHandle(): Promise<SyncHandle>};
  const sync = await open.createSyncAccessHandle();
  try {
    sync.truncate(0);
    sync.write(bytes, {at: 0});
    sync.flush();
  } finally {
    sync.close();
  }
}

function partsIn(folder: FileSystemDirectoryHandle): PartFolder {
  return {
    size: async (index) => (await fileIn(folder, `${index}`))?.size ?? 0,
    write: (index, bytes) => writeFile(folder, `${index}`, bytes),
    blob: async (index) => (await fileIn(folder, `${index}`)) ?? new Blob(),
  };
}

/** A repository's folder in the browser's storage. */
export class DownloadFolder {
  readonly #folder: FileSystemDirectoryHandle;

  private constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  /** @throws {DOMException} where the browser gives this page no storage */
  static async open(key: string): Promise<DownloadFolder> {
    return new DownloadFolder(await (await root()).getDirectoryHandle(key, {create: true}));
  }

  /** Returns a folder that is there already. */
  static async find(key: string): Promise<DownloadFolder | undefined> {
    const folder = await ifThere((await root()).getDirectoryHandle(key));
    return folder && new DownloadFolder(folder);
  }

  /** Returns what was recorded; undefined where nothing was, or it is damaged. */
  async record(): Promise<DownloadRecord | undefined> {
    const file = await fileIn(this.#folder, RECORD);
    try {
      return file && (JSON.parse(await file.text()) as DownloadRecord);
    } catch {
      return undefined;
    }
  }

  async setRecord(record: DownloadRecord): Promise<void> {
    const text = JSON.stringify(record);
    await writeFile(this.#folder, RECORD, new TextEncoder().encode(text));
  }

  async parts(path: string): Promise<PartFolder> {
    return partsIn(await this.#folder.getDirectoryHandle(nameOf(path), {create: true}));
  }

  /** Returns the bytes of a file that are there, counted from its beginning. It creates nothing. */
  async kept({path, size}: StoredFile): Promise<number> {
    const folder = await ifThere(this.#folder.getDirectoryHandle(nameOf(path)));
    return folder ? Math.min(size, (await leadingParts(partsIn(folder), size)) * PART_BYTES) : 0;
  }

  async remove(path: string): Promise<void> {
    await this.#folder.removeEntry(nameOf(path), {recursive: true});
  }
}

/** Returns how many parts of a file are there, counted from its beginning. */
export async function leadingParts(parts: PartFolder, size: number): Promise<number> {
  const count = partCount(size);
  let have = 0;
  while (have < count && (await parts.size(have)) === partBytes(size, have)) have++;
  return have;
}

/**
 * Returns what the browser keeps of downloads, finished or not. Empty where it gives this page no storage. It creates nothing: a
 * folder that is deleted meanwhile would otherwise not be empty, and stay.
 */
export async function keptDownloads(): Promise<KeptDownload[]> {
  const downloads: KeptDownload[] = [];
  try {
    for await (const [key] of (await root()).entries()) {
      const folder = await DownloadFolder.find(key);
      const record = await folder?.record();
      if (!folder || !record) continue;
      let [kept, total] = [0, 0];
      for (const file of record.files) {
        kept += await folder.kept(file);
        total += file.size;
      }
      downloads.push({...record, key, kept, total});
    }
  } catch {
    return downloads;
  }
  return downloads;
}

/** What a browser says where a file in a folder is being written. */
const IN_USE = ['InvalidModificationError', 'NoModificationAllowedError'];

/**
 * Deletes what is kept of a repository.
 * @throws {DownloadError} where another tab is writing to it
 */
export async function freeDownload(key: string): Promise<void> {
  try {
    await ifThere((await root()).removeEntry(key, {recursive: true}));
  } catch (cause) {
    if (!IN_USE.includes((cause as Error).name)) throw cause;
    throw new DownloadError(
      'Another tab is downloading this model, so it cannot be deleted now. Cancel the download there, or wait until it is done, and delete it then.',
      {cause},
    );
  }
}
