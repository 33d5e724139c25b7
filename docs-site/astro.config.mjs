import {cpSync, existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {unified} from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import starlight from '@astrojs/starlight';
import {defineConfig} from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import {lit, prebundled} from '../scripts/prebundled.mjs';
import {recordSite} from '../scripts/records.mjs';
import {drawSocialImage} from '../scripts/social.mjs';

// Read at each event, so this is in time.
process.env.ASTRO_TELEMETRY_DISABLED = '1';

// Storybook is built by itself; where that has been done, the site takes it along and links to it.
const storybook = new URL('../storybook-static/', import.meta.url);
const hasStorybook = existsSync(new URL('index.html', storybook));

// The style sheet of the very KaTeX that rehype-katex renders with: class names differ between versions.
const require = createRequire(import.meta.url);
const katexStyles = createRequire(require.resolve('rehype-katex')).resolve('katex/dist/katex.min.css');

// What searches, loaded by src/scripts/lazy-search.ts.
const search = require.resolve('@astrojs/starlight/components/Search.astro');
const pagefindUi = createRequire(search)
  .resolve('@pagefind/default-ui')
  .replace('cjs/ui-core.cjs', 'mjs/ui-core.mjs');

/** Replaces one part of Starlight's page by ours of the same name. */
const ours = (...names) =>
  Object.fromEntries(names.map((name) => [name, `./src/components/frame/${name}.astro`]));

/** KaTeX names each font in three formats; every browser that runs the course reads the first. */
const woff2Alone = {
  name: 'woff2-alone',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('katex.min.css')
      ? code.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)/g, '')
      : undefined,
};

export default defineConfig({
  // The site is static files that work in any folder: SITE_BASE=/some/folder npm run build:site
  base: process.env.SITE_BASE || '/',
  // Only canonical links and the sitemap need the address: SITE_URL=https://example.org
  site: process.env.SITE_URL || undefined,
  // Astro 7's default Markdown engine runs no remark or rehype plugin, without a word.
  markdown: {processor: unified({remarkPlugins: [remarkMath], rehypePlugins: [rehypeKatex]})},
  integrations: [
    starlight({
      title: 'gpt-elements',
      description: 'A GPT that trains in the page, in plain view: a course, and custom elements for yours.',
      favicon: '/favicon.svg',
      customCss: [
        katexStyles,
        './src/styles/fonts.css',
        './src/styles/tokens.css',
        './src/styles/frame.css',
        './src/styles/prose.css',
        './src/styles/live.css',
        './src/styles/recorded.css',
        './src/styles/reserved.css',
        './src/styles/search.css',
      ],
      components: ours(
        'ContentPanel',
        'Footer',
        'Head',
        'Header',
        'MarkdownContent',
        'PageFrame',
        'PageTitle',
        'Pagination',
        'TwoColumnContent',
      ),
      // The order of “previous” and “next”; our page frame draws no sidebar.
      sidebar: [
        'learn/what-it-is',
        'learn/tokens',
        'learn/attention',
        'learn/inside-the-gpt',
        'learn/training',
        'learn/finetuning',
        'embedding',
        {label: 'Elements', link: '/elements/'},
      ],
      credits: false,
      disable404Route: true, // content/docs/404.md is ours
    }),
    mdx(),
    {
      name: 'record-first-states',
      hooks: {
        'astro:build:done': ({dir}) => recordSite(fileURLToPath(dir), process.env.SITE_BASE || '/'),
      },
    },
    {
      name: 'draw-social-image', // from the records
      hooks: {'astro:build:done': ({dir}) => drawSocialImage(fileURLToPath(dir))},
    },
    {
      name: 'take-storybook-along',
      hooks: {
        'astro:build:done': ({dir}) => {
          if (hasStorybook) cpSync(storybook, new URL('storybook/', dir), {recursive: true});
        },
      },
    },
  ],
  vite: {
    define: {'import.meta.env.HAS_STORYBOOK': JSON.stringify(hasStorybook)},
    server: {fs: {allow: ['..']}},
    resolve: {
      alias: [
        {
          find: /^@pagefind\/default-ui$/,
          replacement: fileURLToPath(new URL('src/scripts/lazy-search.ts', import.meta.url)),
        },
        {find: 'pagefind-ui', replacement: pagefindUi},
      ],
    },
    optimizeDeps: {include: [...lit, ...prebundled]},
    // tfjs repeats its license in each of ~600 files; NOTICE has it once.
    worker: {format: 'es', rolldownOptions: {output: {comments: {legal: false}}}},
    build: {
      chunkSizeWarningLimit: 2000,
      // A font is loaded where it is used; in the style sheet each page would load it.
      assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
    },
    plugins: [woff2Alone],
  },
});
