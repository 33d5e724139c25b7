// The pages that the library is put into. Each is installed in an empty folder and built as its users build it.
//   packages    what npm installs beside the packed library
//   python      what pip installs
//   check       commands that only have to succeed, e.g. the compiler
//   build       commands whose result is served
//   site        the folder that they leave
//   dev         the command of a development server (it listens on $PORT), which is opened as well
//   library     where the library's dist/ is copied to, for pages without a bundler
//   ...         see open-page.mjs: `crossOrigin`, `headers`
const react = ['react@19', 'react-dom@19', '@types/react@19', '@types/react-dom@19'];

const vite = (version) => ({
  files: 'vite',
  packages: [`vite@${version}`],
  build: ['vite build'],
  site: 'dist',
  dev: 'vite --port $PORT --strictPort',
});

export const HOSTS = {
  'Vite 7': vite(7),
  'Vite 8': vite(8),
  'webpack 5': {
    files: 'webpack',
    packages: ['webpack@5', 'webpack-cli'],
    build: ['webpack --config webpack.config.cjs', 'cp index.html dist/'],
    site: 'dist',
  },
  'Next 16, React 19, strict TypeScript': {
    files: 'next',
    packages: ['next@16', 'typescript@5.9', '@types/node@24', ...react],
    build: ['next build'],
    site: 'out',
  },
  'React 19, strict TypeScript, Vite 8': {
    files: 'react',
    packages: ['vite@8', 'typescript@6.0', ...react],
    check: ['tsc -p .'],
    build: ['vite build'],
    site: 'dist',
  },
  'Vue 3, Vite 8, vue-tsc': {
    files: 'vue',
    packages: ['vite@8', 'vue@3', '@vitejs/plugin-vue', 'typescript@5.9', 'vue-tsc'],
    check: ['vue-tsc --noEmit'],
    build: ['vite build'],
    site: 'dist',
  },
  'static files, same origin': {files: 'static', library: 'gpt-elements', site: '.'},
  'CDN on another origin, content security policy, Trusted Types': {
    files: 'static',
    site: '.',
    crossOrigin: true,
    headers: (cdn) => ({
      'content-security-policy': [
        "default-src 'none'",
        `script-src ${cdn} 'wasm-unsafe-eval'`,
        `worker-src blob: ${cdn}`,
        `connect-src ${cdn}`,
        "style-src 'self'",
        'img-src data:',
        "require-trusted-types-for 'script'",
        'trusted-types gpt-elements lit-html',
      ].join('; '),
    }),
  },
  MkDocs: {
    files: 'mkdocs',
    python: ['mkdocs'],
    build: ['mkdocs build'],
    site: 'site',
    library: 'docs/gpt-elements',
  },
  'Jupyter, nbconvert': {
    files: 'nbconvert',
    python: ['nbconvert', 'nbformat', 'ipykernel'],
    build: ['python make.py'],
    site: 'site',
    library: 'site/gpt-elements',
  },
  'types with skipLibCheck off, TypeScript 5.9': {
    files: 'types',
    packages: ['typescript@5.9', '@tensorflow/tfjs-core@4.22'],
    check: ['tsc -p .'],
  },
};
