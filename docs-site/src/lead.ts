/** What elements say above their drawings, read from their source when the site is built. */
const files = import.meta.glob<string>('../../src/elements/*/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** An element's sentence above its drawing without the question in front: the element's page asks it already. */
export function answerOf(tag: string): string {
  const source = files[`../../src/elements/${tag}/${tag}.ts`] ?? '';
  const lead = /static override lead =\s*'([^']*)'/.exec(source)?.[1] ?? '';
  return lead.replace(/^[^.?]*\?\s*/, '');
}
