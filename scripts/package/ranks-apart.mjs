export const RANKS = ['gpt2', 'cl100k_base', 'o200k_base'];

/**
 * OpenAI's vocabularies (0.2–1.1 MB each, gzipped) stay files of their own, which workers and page share. The import is
 * one that no bundler follows: Vite's default for workers allows no second chunk. `new URL` still lets it copy the file.
 */
export const ranksApart = {
  name: 'ranks-apart',
  transform: {
    filter: {id: /tokenizers[\\/]rank-files\.ts$/},
    handler(code) {
      const found = [];
      const apart = code.replaceAll(/\(\) => import\('js-tiktoken\/ranks\/(\w+)'\)/g, (_, name) => {
        found.push(name);
        const url = `beside(new URL('./ranks-${name}.js', import.meta.url)).href`;
        return `(onProgress) => importFile(${url}, RANK_BYTES.${name}, onProgress)`;
      });
      if (found.join() !== RANKS.join())
        throw new Error(`src/tokenizers/rank-files.ts imports other ranks: ${found}`);
      return `import {beside} from '../engine/beside.js';\n${apart}`;
    },
  },
};
