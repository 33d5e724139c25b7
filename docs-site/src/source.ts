/** The library's own source, cut out when the site is built, so that what a chapter prints is what runs. */

const files = import.meta.glob<string>('../../src/{data,math,model,tokenizers,training}/**/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/**
 * An exported function, without the comment above it: the chapter is the comment.
 * @param file below src/, e.g. “training/schedule.ts”
 * @throws {Error} where the library has no such file or function any more
 */
export function functionSource(file: string, name: string): string {
  const text = files[`../../src/${file}`];
  if (text === undefined) throw new Error(`The library has no file src/${file}.`);
  const found = text.match(new RegExp(`^export (?:async )?function ${name}\\b[\\s\\S]*?^}`, 'm'));
  if (!found) throw new Error(`src/${file} exports no function ${name}.`);
  return found[0].replace(/^[ \t]*\/\/ #(end)?region.*\n/gm, '');
}
