/** The addresses of Hugging Face's hub, and what a repository holds. */
import {shorten} from '../../math/shorten.js';
import {fetchWithin} from '../../math/within.js';
import {conversionAdvice} from '../other-formats.js';
import {DownloadError, UnreachableError} from './error.js';
import {HUB, type StoredFile} from './store.js';

export const MAIN = 'main';

export interface Repository {
  base: string;
  repo: string;
  revision: string;
}

const REPOSITORY = /^[\w.-]+(\/[\w.-]+)?$/;
const WEIGHTS = /^model(-\d+-of-\d+)?\.safetensors(\.index\.json)?$/;
const TOKENIZER = 'tokenizer.json';
const OLDER_TOKENIZER = ['vocab.json', 'merges.txt'];
const SHA256 = /^[0-9a-f]{64}$/;

/** Returns the address of a file. It redirects to another host where the file is large. */
export const fileUrl = ({base, repo, revision}: Repository, path: string): string =>
  `${base}/${repo}/resolve/${encodeURIComponent(revision)}/${path}`;

/**
 * Returns the files of a repository that a model is made of, small ones first.
 * @throws {DownloadError} where there is no such repository, or none that can be loaded; the message says what to do
 */
export async function listRepository(repository: Repository, signal?: AbortSignal): Promise<StoredFile[]> {
  const {base, repo, revision} = repository;
  if (!REPOSITORY.test(repo))
    throw new DownloadError(
      `“${shorten(repo)}” is no repository id. Write it as on the hub: owner/name, e.g. openai-community/gpt2.`,
    );
  const url = `${base}/api/models/${repo}/tree/${encodeURIComponent(revision)}`;
  const response = await ask(url, repository, {signal});
  const listed = readListing(await response.json().catch(() => undefined), url);
  const names = new Set(listed.map(({path}) => path));
  if (!names.has('config.json') || !listed.some(({path}) => WEIGHTS.test(path)))
    throw new DownloadError(
      conversionAdvice(names) ??
        `“${shorten(repo)}” has no config.json and model.safetensors, so it is no model that can be loaded here. Choose another one.`,
    );
  const isWhole = names.has('model.safetensors');
  const isWanted = (path: string): boolean =>
    path === 'config.json' ||
    (isWhole ? path === 'model.safetensors' : WEIGHTS.test(path)) ||
    (names.has(TOKENIZER) ? path === TOKENIZER : OLDER_TOKENIZER.includes(path));
  return listed.filter(({path}) => isWanted(path)).sort((a, b) => a.size - b.size);
}

function readListing(json: unknown, url: string): StoredFile[] {
  if (!Array.isArray(json))
    throw new DownloadError(
      `What came from ${shorten(url)} is not a list of files. Does the server send another page in its place?`,
    );
  const files: StoredFile[] = [];
  for (const {type, path, size, oid: version, lfs} of json as Record<string, unknown>[]) {
    if (type !== 'file' || typeof path !== 'string' || path.includes('/')) continue;
    if (!Number.isSafeInteger(size) || (size as number) < 0) continue;
    const oid = (lfs as {oid?: unknown} | undefined)?.oid;
    const sha256 = typeof oid === 'string' && SHA256.test(oid) ? oid : undefined;
    files.push({
      ...{path, size: size as number},
      ...(sha256 && {sha256}),
      ...(typeof version === 'string' && {version}),
    });
  }
  return files;
}

/**
 * Asks a server for something of a repository.
 * @throws {DownloadError} where it refuses, {@link UnreachableError} where it cannot be reached; the message says what to do
 */
export async function ask(
  url: string,
  {repo, base}: Repository,
  request: Pick<RequestInit, 'headers' | 'cache'> & {signal?: AbortSignal} = {},
): Promise<Response> {
  const host = URL.canParse(base) ? new URL(base).host : base;
  let response: Response;
  try {
    response = await fetchWithin(url, request);
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    const isOwn = base !== HUB; // the hub lets every page read it
    throw new UnreachableError(
      `${host} could not be reached (${(cause as Error).message}). Check the connection and try again. If this page has a content ` +
        `security policy, it must allow that address${isOwn ? '; a server of your own must allow this page to read it (CORS)' : ''}.`,
      {cause},
    );
  }
  if (response.ok) return response;
  void response.body?.cancel().catch(() => {});
  const {status} = response;
  throw new DownloadError(
    status === 401 || status === 403
      ? `${host} does not give “${shorten(repo)}” to everybody: it does not exist, is private, or its terms must be accepted first. Check the name, or download it with your account and load its folder from disk.`
      : status === 404
        ? `${host} has no “${shorten(repo)}”, or not with this file. Check the name: owner/name, e.g. openai-community/gpt2.`
        : status === 429
          ? `${host} has had too many requests from here. Wait some minutes, then continue the download.`
          : `${host} answered with HTTP status ${status}. Try again later; what has arrived is kept.`,
  );
}
