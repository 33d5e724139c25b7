import {spawn} from 'node:child_process';
import {createServer} from 'node:net';
import {delimiter, join} from 'node:path';

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts a host's development server and waits until it answers. */
export async function startDevServer(command, folder) {
  const port = await freePort();
  const [program, ...args] = command.replace('$PORT', port).split(' ');
  const path = [join(folder, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const child = spawn(program, args, {cwd: folder, env: {...process.env, PATH: path}, stdio: 'ignore'});
  const url = `http://localhost:${port}/`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}.`);
    if (
      await fetch(url).then(
        ({ok}) => ok,
        () => false,
      )
    )
      return {url, close: () => child.kill()};
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
