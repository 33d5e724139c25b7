import {parseAst} from 'rolldown/parseAst';

/** Lit's template tags. In what they mark, a run of white space shows as one space, and takes a tenth of the file. */
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

/** Collapses white space in templates, which minifiers leave alone. */
export const tightTemplates = {
  name: 'tight-templates',
  transform: {
    filter: {code: /\b(html|svg)`/, id: /src[\\/].*\.ts$/},
    handler(code) {
      const edits = [];
      walk(parseAst(code, {lang: 'ts'}), (node) => {
        if (node.type !== 'TaggedTemplateExpression' || !TAGS.has(node.tag.name)) return;
        for (const {value, start, end} of node.quasi.quasis) {
          const at = code.indexOf(value.raw, start);
          if (value.raw && at >= 0 && at <= end)
            edits.push({at, from: value.raw, to: value.raw.replace(/\s*\n\s*/g, ' ')});
        }
      });
      for (const {at, from, to} of edits.sort((a, b) => b.at - a.at))
        code = code.slice(0, at) + to + code.slice(at + from.length);
      return code;
    },
  },
};
