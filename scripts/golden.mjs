// Makes the golden data anew: what PyTorch, Hugging Face and tiktoken compute, for our tests to agree with.
// Needs Python with what the scripts import; the data is committed, so tests need neither.
import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';

const folder = new URL('golden/', import.meta.url).pathname;
const root = new URL('..', import.meta.url).pathname;
const works = (name) => spawnSync(name, ['--version'], {stdio: 'ignore'}).status === 0;

const python = ['python3', 'python'].find(works);
if (!python) {
  console.error(
    'Golden data is made by Python, and this machine has no `python3` on its PATH: install Python 3.10 or newer.',
  );
  process.exit(1);
}

let failed = 0;
for (const script of readdirSync(folder).filter((name) => name.endsWith('.py'))) {
  console.error(script);
  const {status, stderr} = spawnSync(python, [folder + script], {
    stdio: ['ignore', 'inherit', 'pipe'],
    cwd: root,
  });
  const missing = /No module named '(\w+)/.exec(stderr)?.[1];
  if (missing)
    console.error(
      `  needs the Python package ${missing}: ${python} -m pip install ${missing} --extra-index-url https://download.pytorch.org/whl/cpu`,
    );
  else process.stderr.write(stderr);
  if (status !== 0) failed++;
}
process.exit(failed > 0 ? 1 : 0);
