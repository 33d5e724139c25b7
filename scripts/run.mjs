// Starts other programs, the way it works on Linux, macOS and Windows alike.
import {spawn} from 'node:child_process';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('../', import.meta.url));

const windows = process.platform === 'win32';
// The packages' own programs come first. One of them is the Node that the site's workspace brings:
// the test runner and Astro need a newer one than the library itself.
const bin = join(root, 'node_modules', '.bin');
const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
const path = [bin, process.env[pathKey]].join(delimiter);

const quoted = (words) =>
  words.map((word) => (/[\s"&|<>^()]/.test(word) ? `"${word.replaceAll('"', '""')}"` : word)).join(' ');

/**
 * Starts a program and shows what it prints.
 * `env` is added to the environment; with `quiet` nothing is shown.
 */
export function start(command, args = [], {env = {}, quiet = false, cwd = root} = {}) {
  const options = {cwd, env: {...process.env, ...env, [pathKey]: path}, stdio: ['inherit', 'pipe', 'pipe']};
  // On Windows npm and most packages' programs are .cmd files, which only a shell starts.
  const child = windows
    ? spawn(quoted([command, ...args]), {...options, shell: true})
    : spawn(command, args, options);
  if (!quiet) {
    child.stdout.on('data', (bytes) => process.stdout.write(bytes));
    child.stderr.on('data', (bytes) => process.stderr.write(bytes));
  }
  return child;
}

/**
 * Runs a program to its end.
 * @returns {Promise<{code: number, output: string}>} code 127 where there is no such program.
 */
export function run(command, args, options) {
  return new Promise((resolve) => {
    const child = start(command, args, options);
    let output = '';
    child.stdout.on('data', (bytes) => (output += bytes));
    child.stderr.on('data', (bytes) => (output += bytes));
    child.on('error', (error) => resolve({code: error.code === 'ENOENT' ? 127 : 1, output: error.message}));
    child.on('close', (code) => resolve({code: code ?? 1, output}));
  });
}
