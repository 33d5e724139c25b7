import type {ByteSource} from '../byte-source.js';

export const FAKE_HUB = 'https://hub.test';

/** What goes wrong, for all files. */
export interface HubFaults {
  /** Ends each answer after so many bytes. */
  cutAfter?: number;
  /** Cannot be reached at these requests for files, counted from 0. */
  unreachableAt?: number[];
  /** Begins to answer with this file, and does not go on until the request is aborted. */
  stallsAt?: string;
  /** Sends the whole file whatever range was asked for. */
  ignoresRanges?: boolean;
  /** The ETags of the answers in turn; the last one stays. */
  etags?: string[];
  /** Tells a wrong checksum of this file. */
  wrongHash?: string;
  /** Answers everything with this status. */
  status?: number;
  /** Answers everything with this page. */
  page?: string;
}

/**
 * Answers requests to `FAKE_HUB` as the hub does, from files in memory, while `work` runs.
 * @returns the ranges that were asked for, as `path bytes=…`; the whole of a file as `path`
 */
export async function withFakeHub(
  files: ReadonlyMap<string, ByteSource>,
  faults: HubFaults,
  work: () => Promise<void>,
): Promise<string[]> {
  const {fetch} = globalThis;
  const asked: string[] = [];
  globalThis.fetch = async (input, init) => {
    const {href, pathname} = new URL(String(input), location.href);
    if (!href.startsWith(FAKE_HUB)) return fetch(input, init);
    if (faults.status) return new Response('', {status: faults.status});
    if (faults.page) return new Response(faults.page);
    if (pathname.includes('/tree/')) return Response.json(await listing(files, faults));
    const path = pathname.split('/').at(-1)!;
    const source = files.get(path);
    if (!source) return new Response('', {status: 404});
    const range = new Headers(init?.headers).get('range');
    asked.push(range ? `${path} ${range}` : path);
    if (faults.unreachableAt?.includes(asked.length - 1)) throw new TypeError('Failed to fetch');
    const from = range && !faults.ignoresRanges ? Number(/\d+/.exec(range)![0]) : 0;
    const end = Math.min(source.size, from + (faults.cutAfter ?? Number.POSITIVE_INFINITY));
    const bytes = new Uint8Array(await source.read(from, end));
    if (faults.stallsAt === path) return new Response(stalled(bytes.slice(0, 1), init?.signal));
    const etag = faults.etags?.[Math.min(asked.length, faults.etags.length) - 1];
    return new Response(inChunks(bytes), {status: from > 0 ? 206 : 200, headers: etag ? {etag} : {}});
  };
  try {
    await work();
  } finally {
    globalThis.fetch = fetch;
  }
  return asked;
}

const CHUNK_BYTES = 2 ** 20;

/** As they come over a network. */
function inChunks(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += CHUNK_BYTES)));
    },
  });
}

/** Some bytes, and nothing after them. */
function stalled(
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      signal?.addEventListener('abort', () => controller.error(signal.reason));
    },
  });
}

async function listing(files: ReadonlyMap<string, ByteSource>, {wrongHash}: HubFaults): Promise<object[]> {
  const list: object[] = [{type: 'directory', path: 'onnx', size: 0}];
  for (const [path, source] of files) {
    const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(await source.read(0, source.size)));
    const oid = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
    list.push({type: 'file', path, size: source.size, lfs: {oid: path === wrongHash ? '0'.repeat(64) : oid}});
  }
  return list;
}
