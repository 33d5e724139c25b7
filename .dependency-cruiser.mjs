// The rooms of src/ and which of them may know which: the arrows of docs/architecture.md, as rules.
// An arrow points from what is used to what uses it, so a room may import what stands to its left:
//
//   math → tokenizers, data → model, webgpu → training, checkpoint → engine
//   engine's protocol + client → state → elements
//   math → viz → elements

/** Written without tfjs on purpose: the page counts parameters and reads defaults from them. */
const PURE = [
  'src/model/config\\.ts$',
  'src/model/presets\\.ts$',
  'src/model/memory\\.ts$',
  'src/model/flops\\.ts$',
  'src/model/parameters\\.ts$',
  'src/checkpoint/(spec|downloads/store)\\.ts$',
  'src/training/(options|recommended|tasks/(metrics|spec))\\.ts$',
];
/** The engine's page side: the two protocols, their errors, the worker factory and all of `page/`. */
const PAGE_SIDE = 'src/engine/(page/|(protocol|text-protocol|errors|beside|worker-factory)\\.ts$)';

const TESTS = '\\.(test|harness)\\.ts$|/testing/';

const onlyFrom = (name, comment, room, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: {path: `^src/${room}/`, pathNot: TESTS},
  to: {path: '^src/', pathNot: [`^src/${room}/`, ...allowed.map((path) => `^${path}`)]},
});

const ORDER = ['math', 'tokenizers', 'data', 'model', 'webgpu', 'training', 'checkpoint', 'engine'];
const before = (room) => ORDER.slice(0, ORDER.indexOf(room)).map((name) => `src/${name}/`);

export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one idea, or a third file is missing.',
      severity: 'error',
      from: {},
      to: {circular: true},
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: {couldNotResolve: true},
    },
    onlyFrom('math-stands-alone', 'math → everything: typed-array maths knows nobody.', 'math', []),
    onlyFrom('tokenizers-know-math', 'math → tokenizers.', 'tokenizers', before('tokenizers')),
    onlyFrom('data-knows-math-and-tokenizers', 'math → tokenizers, data.', 'data', before('data')),
    onlyFrom('model-knows-no-trainer', 'tokenizers, data → model.', 'model', before('model')),
    onlyFrom('webgpu-knows-no-trainer', 'model → webgpu: kernels and plans know nothing of runs.', 'webgpu', [
      ...before('webgpu'),
    ]),
    onlyFrom('training-knows-no-engine', 'model, webgpu → training.', 'training', before('training')),
    onlyFrom(
      'checkpoint-knows-no-engine',
      'model, training → checkpoint.',
      'checkpoint',
      before('checkpoint'),
    ),
    onlyFrom(
      'engine-knows-no-page',
      'training, checkpoint → engine: no state, no views.',
      'engine',
      before('engine'),
    ),
    {
      name: 'page-side-of-the-engine-is-light',
      comment:
        "The protocol and the client run on the page's main thread: what they import statically is downloaded by " +
        'every page. A dynamic import (the engine on the main thread, where no worker can start) is allowed.',
      severity: 'error',
      from: {path: `^${PAGE_SIDE}`, pathNot: TESTS},
      to: {
        path: '^src/',
        pathNot: [
          `^${PAGE_SIDE}`,
          ...PURE.map((path) => `^${path}`),
          ...['math', 'tokenizers', 'data'].map((room) => `^src/${room}/`),
        ],
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
    onlyFrom('state-knows-protocol-and-client', "engine's protocol + client → state.", 'state', [
      PAGE_SIDE,
      ...PURE,
      'src/(math|tokenizers|data)/',
    ]),
    onlyFrom('viz-knows-math', 'math → viz: drawing takes arrays, not models.', 'viz', ['src/math/']),
    onlyFrom('styles-stand-alone', 'Colors and host styles know nobody.', 'styles', []),
    onlyFrom(
      'ui-knows-no-element',
      'tokenizers, data, state, viz → ui: controls and controllers that elements share.',
      'ui',
      [PAGE_SIDE, 'src/(math|tokenizers|data|state|viz|styles)/'],
    ),
    onlyFrom(
      'elements-are-views',
      'Elements never import the model or the worker: they see a model through state only.',
      'elements',
      ['src/(math|tokenizers|data|state|viz|ui|styles)/', 'src/engine/protocol\\.ts$'],
    ),
    {
      name: 'elements-never-import-each-other',
      comment: 'Each is used alone in some page; they meet through state.',
      severity: 'error',
      from: {path: '^src/elements/([^/]+)/', pathNot: TESTS},
      to: {path: '^src/elements/([^/]+)/', pathNot: '^src/elements/$1/'},
    },
    {
      name: 'tfjs-in-its-rooms',
      comment: 'tfjs only in model, webgpu, training, checkpoint and the worker side of engine.',
      severity: 'error',
      from: {path: ['^src/(?!(model|webgpu|training|checkpoint|engine)/)', '^stories/'], pathNot: TESTS},
      to: {path: 'node_modules/@tensorflow/'},
    },
    {
      name: 'no-tfjs-on-the-page',
      comment: 'The pure files and the page side of the engine are read on the main thread.',
      severity: 'error',
      from: {path: [...PURE, PAGE_SIDE].map((path) => `^${path}`)},
      to: {path: 'node_modules/@tensorflow/'},
    },
    {
      name: 'no-tfjs-in-file-formats',
      comment:
        '`checkpoint.js` reads and writes files in pages and in Node without tfjs, directly or by what it imports.',
      severity: 'error',
      from: {path: '^src/checkpoint/index\\.ts$'},
      to: {path: 'node_modules/@tensorflow/', reachable: true},
    },
    {
      name: 'lit-in-its-rooms',
      comment: 'Lit only in elements, ui, styles.',
      severity: 'error',
      from: {path: '^src/(?!(elements|ui|styles)/)', pathNot: TESTS},
      to: {path: 'node_modules/(lit|lit-html|lit-element|@lit)/'},
    },
    {
      name: 'd3-in-viz',
      comment: 'd3 only in viz.',
      severity: 'error',
      from: {path: '^(src/(?!viz/)|stories/)'},
      to: {path: 'node_modules/(@types/)?d3'},
    },
  ],
  options: {
    tsConfig: {fileName: 'tsconfig.json'},
    tsPreCompilationDeps: true, // a type is a dependency too
    doNotFollow: {path: 'node_modules'},
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
