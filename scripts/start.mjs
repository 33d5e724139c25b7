// `npm start`: from a fresh clone to the course in the browser. Installs what is missing, starts the site's
// dev server and opens the chapter in which a GPT trains. `--no-open` only prints the address.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {parseArgs, stripVTControlCharacters} from 'node:util';
import {root, start} from './run.mjs';
import {checkNode, installPackages} from './setup.mjs';
import {vendorWasm} from './vendor-wasm.mjs';

const CHAPTER = 'learn/training/';

const {values: options} = parseArgs({
  options: {'no-open': {type: 'boolean', default: false}, port: {type: 'string'}},
});

/** Opens an address in the reader's browser; without a desktop the printed address has to do. */
function openInBrowser(url) {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '""', url]]
        : ['xdg-open', [url]];
  spawn(command, args, {stdio: 'ignore', detached: true, windowsVerbatimArguments: true})
    .on('error', () => {})
    .unref();
}

/** Astro prints its address, base path included, when it is ready. */
const addressIn = (output) => output.match(/https?:\/\/localhost:\d+\/\S*/)?.[0];

try {
  await installPackages();
  await checkNode();
  vendorWasm();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const server = start('astro', ['dev', ...(options.port ? ['--port', options.port] : [])], {
  cwd: `${root}docs-site`,
  env: {ASTRO_TELEMETRY_DISABLED: '1'},
});
let output = '';
let opened = false;
server.stdout.on('data', (bytes) => {
  if (opened) return;
  output += stripVTControlCharacters(String(bytes));
  const address = addressIn(output);
  if (!address) return;
  opened = true;
  const chapter = new URL(CHAPTER, address.endsWith('/') ? address : `${address}/`).href;
  console.log(`\n  The training chapter: ${chapter}\n  Stop with Ctrl+C.\n`);
  if (!options['no-open']) openInBrowser(chapter);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
const [code] = await once(server, 'close');
process.exitCode = code ?? 0;
