// The engine's workers as bundles, for the servers of tests: a worker that starts asks for some hundred files otherwise,
// which takes over a second, and nearly every test file and story starts one.
import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {rolldown} from 'rolldown';
import {root} from './run.mjs';

const FOLDER = '/src/engine/'; // the chunks find what lies beside the worker
const NAMES = ['engine.worker', 'text.worker'];
const CHUNK = 'worker-chunk-';

/** Whether a path is a part of a bundle that no source file has. */
export const isWorkerChunk = (path) => path.startsWith(FOLDER + CHUNK);

async function make() {
  const time = Date.now();
  const bundle = await rolldown({
    input: Object.fromEntries(NAMES.map((name) => [name, join(root, FOLDER, `${name}.ts`)])),
    platform: 'browser',
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'warn',
    transform: {target: 'es2022', define: {'process.env.NODE_ENV': '"production"'}},
  });
  const {output} = await bundle.generate({
    format: 'esm',
    entryFileNames: '[name].ts',
    chunkFileNames: `${CHUNK}[hash].js`,
  });
  await bundle.close();
  const files = new Map(output.filter(({code}) => code).map(({fileName, code}) => [FOLDER + fileName, code]));
  const sources = output.flatMap(({moduleIds = []}) => moduleIds).filter((id) => existsSync(id));
  return {files, sources, time};
}

/** The bundle that is being made, or was; made again when a source has changed. */
let made;

const isStale = ({sources, time}) =>
  sources.some((file) => !((statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? Infinity) <= time));

/**
 * Returns the code of a worker, or of a chunk of one.
 * @param {string} path as the server knows it, e.g. `/src/engine/engine.worker.ts`
 * @returns {Promise<string | undefined>} undefined: the path is of something else
 */
export async function bundledWorker(path) {
  const isEntry = NAMES.some((name) => path === `${FOLDER}${name}.ts`);
  if (isEntry && (!made || isStale(await made))) made = make();
  return isEntry || isWorkerChunk(path) ? (await made)?.files.get(path) : undefined;
}

/** The plugin of Vite that serves them. */
export const bundleWorkers = () => ({
  name: 'bundle-workers',
  configureServer({middlewares}) {
    middlewares.use(async (request, response, next) => {
      const {pathname, searchParams} = new URL(request.url, 'http://localhost');
      if (!searchParams.has('worker_file') && !isWorkerChunk(pathname)) return next();
      try {
        const code = await bundledWorker(pathname);
        if (code === undefined) return next();
        response.setHeader('Content-Type', 'text/javascript');
        response.setHeader('Cache-Control', 'no-cache');
        response.end(code);
      } catch (error) {
        next(error);
      }
    });
  },
});
