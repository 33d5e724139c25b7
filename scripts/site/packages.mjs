// Whether `npm start`, which leaves out the packages that only development needs, installs every package that the site's
// build imports. Told by the sources and package-lock.json, so that it is found where all packages are installed.
import {existsSync, readFileSync} from 'node:fs';
import {builtinModules} from 'node:module';
import {dirname, join} from 'node:path/posix';
import {root} from '../run.mjs';
import {sourceFiles} from './built.mjs';

/** What runs besides the build: `npm start`, and what npm calls after it has installed packages. */
const PROGRAMS = ['scripts/start.mjs', 'scripts/prepare.mjs'];
const HAS_IMPORTS = /\.(ts|mjs|js|astro|mdx|css)$/;

/** Names that docs-site/astro.config.mjs gives to files of packages. */
const ALIASES = ['pagefind-ui'];

/** Of the form in which Biome writes them: `… from 'x'` and `import 'x'`; then `import('x')` and `require.resolve('x')`. */
const IMPORTS = [
  /^\s*(?:(?:import|export)\b[^'"\n]*\bfrom|\}\s*from|@?import)\s*['"]([^'"\n]+)['"]/gm,
  /\b(?:import|require|resolve)\(\s*['"]([^'"\n]+)['"]/g,
];

const read = (file) => readFileSync(join(root, file), 'utf8');
const importsOf = (file) =>
  IMPORTS.flatMap((pattern) => [...read(file).matchAll(pattern)].map(([, name]) => name));

/** The package of an import: `@scope/name/file` → `@scope/name`; undefined for files and what Node and Astro bring. */
function packageOf(name) {
  if (/^[./#]/.test(name) || /^(node|astro|virtual|https?):/.test(name)) return undefined;
  const [scope, of] = name.split('/');
  const found = scope.startsWith('@') ? `${scope}/${of}` : scope;
  return builtinModules.includes(found) ? undefined : found;
}

/** The files of scripts/ that are reached from some, with these. */
function reached(files) {
  const all = new Set(files);
  for (const file of all)
    for (const name of importsOf(file)) {
      const path = join(dirname(file), name);
      if (name.startsWith('.') && path.startsWith('scripts/') && existsSync(join(root, path))) all.add(path);
    }
  return [...all];
}

const own = JSON.parse(read('package.json')).name;
const {packages} = JSON.parse(read('package-lock.json'));
const missing = new Map();
const found = new Set();
for (const file of reached([...PROGRAMS, ...sourceFiles()].filter((file) => HAS_IMPORTS.test(file))))
  for (const name of importsOf(file).map(packageOf)) {
    if (!name || name === own || ALIASES.includes(name)) continue;
    found.add(name);
    const installed = packages[`docs-site/node_modules/${name}`] ?? packages[`node_modules/${name}`];
    if (!installed || installed.dev) missing.set(name, file);
  }

for (const [name, file] of missing)
  console.error(
    `${file} imports “${name}”, which \`npm start\` does not install: add it to the dependencies of docs-site.`,
  );
console.log(
  `The site's build imports ${found.size} packages; ${missing.size} of them are not installed by \`npm start\`.`,
);
process.exitCode = missing.size > 0 || found.size === 0 ? 1 : 0;
