// A server that behaves like Hugging Face's hub: a list of files with checksums, and addresses that redirect to another host, which
// knows ranges. Both allow other pages to read them.
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {root} from '../../run.mjs';

const CONFIG = {model_type: 'gpt2', vocab_size: 276, n_positions: 16, n_embd: 512, n_head: 4, n_layer: 2};

function shapes({vocab_size: V, n_positions: T, n_embd: C, n_layer: L}) {
  const block = (n) => [
    ...[['ln_1.weight', [C]], ['ln_1.bias', [C]], ['ln_2.weight', [C]], ['ln_2.bias', [C]]],
    ...[['attn.c_attn.weight', [C, 3 * C]], ['attn.c_attn.bias', [3 * C]], ['attn.c_proj.weight', [C, C]], ['attn.c_proj.bias', [C]]],
    ...[['mlp.c_fc.weight', [C, 4 * C]], ['mlp.c_fc.bias', [4 * C]], ['mlp.c_proj.weight', [4 * C, C]], ['mlp.c_proj.bias', [C]]],
  ].map(([name, shape]) => [`h.${n}.${name}`, shape]); // biome-ignore format: as in the layout
  const blocks = Array.from({length: L}, (_, n) => block(n)).flat();
  return [
    ['wte.weight', [V, C]],
    ['wpe.weight', [T, C]],
    ...blocks,
    ['ln_f.weight', [C]],
    ['ln_f.bias', [C]],
  ];
}

function weights() {
  const header = {};
  let end = 0;
  for (const [name, shape] of shapes(CONFIG)) {
    const begin = end;
    end += 4 * shape.reduce((product, length) => product * length, 1);
    header[name] = {dtype: 'F32', shape, data_offsets: [begin, end]};
  }
  const json = Buffer.from(JSON.stringify(header));
  const file = Buffer.alloc(8 + json.length + end);
  file.writeBigUInt64LE(BigInt(json.length));
  json.copy(file, 8);
  for (let i = 0; i < end / 4; i++) file.writeFloatLE(Math.sin(i) / 50, 8 + json.length + 4 * i);
  return file;
}

function repository() {
  const golden = JSON.parse(readFileSync(join(root, 'src/checkpoint/golden/hugging-face.json'), 'utf8'));
  const {files} = golden.folders.find(({name}) => name.includes('tokenizer'));
  return new Map([
    ['config.json', Buffer.from(JSON.stringify(CONFIG))],
    ['tokenizer.json', Buffer.from(files['tokenizer.json'], 'base64')],
    ['model.safetensors', weights()],
  ]);
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'range',
  'access-control-expose-headers': 'ETag, Content-Range',
};
const CHUNK = 2 ** 18;

function listen(answer) {
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') response.writeHead(204, CORS).end();
    else answer(request, response);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      }),
    ),
  );
}

/**
 * Starts both servers.
 * @param {{onChunk?: (sent: number, cut: () => void) => void}} options Called when a part of the weights was sent; `cut` ends the connection.
 * @returns {Promise<{url: string, ranges: string[], close: () => void}>} `ranges` of the weights that were asked for
 */
export async function startHub({onChunk = () => {}} = {}) {
  const files = repository();
  const ranges = [];
  const storage = await listen(async (request, response) => {
    const path = request.url.slice(1);
    const file = files.get(path);
    const {range} = request.headers;
    const [, first = 0, last = file.length - 1] = /(\d+)-(\d+)?/.exec(range) ?? [];
    const [from, end] = [Number(first), Number(last) + 1];
    if (path === 'model.safetensors') ranges.push(range ?? 'whole');
    const etag = `"${createHash('sha256').update(file).digest('hex')}"`;
    const length = {'content-length': end - from, etag};
    const part = range && {'content-range': `bytes ${from}-${end - 1}/${file.length}`};
    response.writeHead(range ? 206 : 200, {...CORS, ...length, ...part});
    const closed = once(response, 'close');
    for (let at = from; at < end && !response.destroyed; at += CHUNK) {
      if (!response.write(file.subarray(at, Math.min(end, at + CHUNK))))
        await Promise.race([once(response, 'drain'), closed]);
      if (path === 'model.safetensors') onChunk(at + CHUNK, () => response.destroy());
      await new Promise((resolve) => setTimeout(resolve, 5)); // a fast line, on which there is still time to fail
    }
    response.end();
  });
  const hub = await listen((request, response) => {
    if (request.url.includes('/tree/')) {
      const list = [...files].map(([path, file]) => ({
        type: 'file',
        path,
        size: file.length,
        lfs: {oid: createHash('sha256').update(file).digest('hex')},
      }));
      response.writeHead(200, {...CORS, 'content-type': 'application/json'}).end(JSON.stringify(list));
    } else
      response.writeHead(302, {...CORS, location: `${storage.url}/${request.url.split('/').at(-1)}`}).end();
  });
  return {
    url: hub.url,
    ranges,
    close() {
      hub.close();
      storage.close();
    },
  };
}
