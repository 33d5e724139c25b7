// Finds `style` attributes in Lit templates. A page under the content security policy `style-src 'self'` ignores them
// without a word. The property `.style=${…}`, a class or `element.style` do the same and are allowed.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from './run.mjs';
import {templateTexts} from './templates.mjs';

const STYLE = /(?<![.\w-])style\s*=/g;

/** Returns the lines of TypeScript, counted from 1, in which a template sets a `style` attribute. */
const linesWithStyle = (code) =>
  templateTexts(code).flatMap(({start, raw}) =>
    [...raw.matchAll(STYLE)].map(({index}) => code.slice(0, start + index).split('\n').length),
  );

// A check that finds nothing must be known to find something.
const example = (attribute) => `html\`<p>\n<b class="a" ${attribute}=\${x}></b>\``;
if (`${linesWithStyle(example('style'))}` !== '2' || linesWithStyle(example('.style')).length)
  throw new Error('The check for style attributes does not find them.');

const files = readdirSync(join(root, 'src'), {recursive: true})
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .sort();
const found = files.flatMap((file) =>
  linesWithStyle(readFileSync(join(root, 'src', file), 'utf8')).map((line) => `src/${file}:${line}`),
);
for (const place of found)
  console.error(
    `${place} sets a style attribute, which a strict content security policy ignores: set the property “.style”.`,
  );
process.exitCode = found.length ? 1 : 0;
