// `npm run check`: everything that can be said about the code without running it.
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {root, run} from './run.mjs';
import {runStages} from './stages.mjs';

const stage = (name, command, ...args) => ({name, run: () => run(command, args)});
const hasSite = existsSync(join(root, 'docs-site/src'));

const good = await runStages([
  stage('generated files', 'node', 'scripts/generate.mjs', '--check'),
  stage('types', 'tsc', '-p', '.', '--noEmit'),
  ...(hasSite ? [stage('types of the site', 'npm', 'run', '--silent', 'check', '-w', 'docs-site')] : []),
  stage('lint and format', 'biome', 'check', '--error-on-warnings'),
  stage('style attributes', 'node', 'scripts/inline-styles.mjs'),
  stage('spelling', 'cspell', 'lint', '--no-progress'),
  ...(hasSite ? [stage('packages of the site', 'node', 'scripts/site/packages.mjs')] : []),
  stage('rooms', 'depcruise', 'src', 'stories', '--config', '.dependency-cruiser.mjs'),
  ...['.', 'bench', 'scripts/node'].map((folder) =>
    stage(
      `lockfile of ${folder}`,
      'npm',
      'ci',
      '--prefix',
      folder,
      '--dry-run',
      '--ignore-scripts',
      '--silent',
    ),
  ),
]);
process.exitCode = good ? 0 : 1;
