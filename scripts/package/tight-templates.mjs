import {templateTexts} from '../templates.mjs';

/** Collapses white space in templates, which minifiers leave alone: a run shows as one space, and takes a tenth of the file. */
export const tightTemplates = {
  name: 'tight-templates',
  transform: {
    filter: {code: /\b(html|svg)`/, id: /src[\\/].*\.ts$/},
    handler(code) {
      for (const {start, raw} of templateTexts(code).sort((a, b) => b.start - a.start))
        code = code.slice(0, start) + raw.replace(/\s*\n\s*/g, ' ') + code.slice(start + raw.length);
      return code;
    },
  },
};
