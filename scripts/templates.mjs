import {parseAst} from 'rolldown/parseAst';

/** Lit's tags of templates that become elements. */
const TAGS = new Set(['html', 'svg']);

/** Calls `visit` with every node below `node`. */
function walk(node, visit) {
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node)) for (const each of node) walk(each, visit);
  else {
    if (node.type) visit(node);
    for (const value of Object.values(node)) walk(value, visit);
  }
}

/**
 * Returns the texts between the `${…}` of all Lit templates in TypeScript.
 * @returns {{start: number, raw: string}[]} each with its offset in the code
 */
export function templateTexts(code) {
  const texts = [];
  walk(parseAst(code, {lang: 'ts'}), (node) => {
    if (node.type !== 'TaggedTemplateExpression' || !TAGS.has(node.tag.name)) return;
    for (const {value, start, end} of node.quasi.quasis) {
      const at = code.indexOf(value.raw, start);
      if (value.raw && at >= 0 && at <= end) texts.push({start: at, raw: value.raw});
    }
  });
  return texts;
}
