// `npm start`: from a fresh clone to the course in the browser. Installs what is missing, builds the site if its sources
// changed, serves it and opens the chapter in which a GPT trains. `--no-open` only prints the address.
import {spawn} from 'node:child_process';
import {parseArgs} from 'node:util';
import {installPackages} from './install-packages.mjs';
import {installNode} from './node.mjs';
import {buildSite, SITE} from './site/built.mjs';
import {serve} from './static-server.mjs';

const CHAPTER = 'learn/training/';
/** Astro's own, so that what a reader's browser keeps for this site is found again by either server. */
const PORT = 4321;

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

/** Serves the site on the port asked for, or on the usual one, or on any other if that is taken. */
async function serveSite() {
  const on = (port) => serve(SITE, {host: 'localhost', port});
  if (options.port) return on(Number(options.port));
  try {
    return await on(PORT);
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    return on(0);
  }
}

try {
  await installPackages({dev: false}); // enough for the site: scripts/site/packages.mjs
  await installNode();
  await buildSite();
  const {url} = await serveSite();
  const chapter = `${url}/${CHAPTER}`;
  console.log(`\n  The training chapter: ${chapter}\n  Stop with Ctrl+C.\n`);
  if (!options['no-open']) openInBrowser(chapter);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
