// The record of `train.mjs` (its heads: also of `measure-heads.mjs`) as a page to read. By itself it writes the page anew: node scripts/default-model/card.mjs
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {root} from '../run.mjs';

const whole = (n) => n.toLocaleString('en');
const three = (n) => n.toFixed(3);
const share = (part, all) => `${((100 * part) / all).toFixed(1)} %`;
const headName = ({layer, head}) => `layer ${layer + 1}, head ${head + 1}`;

/** Each pattern in words, where it is measured, and the head that shows it most. */
const PATTERNS = [
  [
    'tales',
    'pronoun',
    'Before a pronoun it looks at what settles “she” or “he”: the hero’s name, and pronouns so far',
  ],
  ['tales', 'name', 'Before a name that has come before, it looks at the names so far'],
  ['tales', 'thing', 'Before the tale’s thing is named again, it looks at where it was named'],
  [
    'repeated',
    'induction',
    'Induction: on random words said twice, it looks at what followed this word the first time',
  ],
  ['repeated', 'previous', 'Previous token, on random words'],
  ['tales', 'previous', 'Previous token, on tales'],
  ['tales', 'first', 'First token'],
  ['tales', 'self', 'The token itself'],
];

function patternRows(heads) {
  return PATTERNS.map(([text, name, words]) => {
    const [best] = heads
      .filter((head) => head[text][name])
      .sort((a, b) => b[text][name].score - a[text][name].score);
    const {score, chance, queries} = best[text][name];
    return `| ${words} | ${headName(best)} | **${score.toFixed(2)}** | ${chance.toFixed(2)} | ${whole(queries)} |`;
  }).join('\n');
}

function headRows(heads) {
  const columns = PATTERNS.slice(0, 5);
  const cells = (head) => columns.map(([text, name]) => head[text][name]?.score.toFixed(2) ?? '');
  return [
    `| head | ${columns.map(([, name]) => name).join(' | ')} | evenness |`,
    `|---|${columns.map(() => '--:').join('|')}|--:|`,
    ...heads.map(
      (head) => `| ${headName(head)} | ${cells(head).join(' | ')} | ${head.evenness.toFixed(2)} |`,
    ),
  ].join('\n');
}

/** Explains samples that sound like a song: tales begin with a capital. */
const songLike = (examples) =>
  examples.some((example) => /^[a-z]/.test(example))
    ? ' (one that begins in lower case takes after the songs that were mixed into the training text, see below)'
    : '';

/** What each head matters to the choice between “she” and “he”. */
function pronounPart({count, whole: all, silenced}) {
  const choice = ({right, share}) => `${whole(right)} of ${whole(count)} | ${share.toFixed(2)}`;
  const worst = silenced.reduce((a, b) => (b.share < a.share ? b : a));
  return `Where a head looks is not yet what it matters. The same tales hold ${whole(count)} pronouns after their hero’s name; at the place before each, the
model gives “she” and “he” (“her” and “him”, …) each a probability. With a head silenced (what it finds is set to 0) it has to choose again; a coin would be
right for half of them. The most is lost without **${headName(worst)}**: it does most to find out whom the tale is about.

| | right | mean share of the right one |
|---|--:|--:|
| the whole model | ${choice(all)} |
${silenced.map((head) => `| without ${headName(head)} | ${choice(head)} |`).join('\n')}`;
}

/** @param {object} record what `train.mjs` writes as JSON */
export function modelCard({
  settings,
  until,
  settling,
  facts,
  bytes,
  seconds,
  curve,
  unseen,
  written,
  heads,
  pronouns,
  machine,
  versions,
  date,
}) {
  const {config, options, text, merges, stride, seed, backend} = settings;
  const excess = unseen.loss - unseen.floor;
  const [plain, cool] = written;
  const flags = `--backend ${backend} --steps ${options.steps}${until < options.steps ? ` --until ${until}` : ''} --emb-dim ${config.embDim} --layers ${config.nLayers} --heads ${config.nHeads} --batch-size ${options.batchSize} --learning-rate ${options.learningRate} --seed ${seed}`;
  return `# The default model

<!-- Written by scripts/default-model/train.mjs: do not edit. -->

A small GPT that ships with the package, so that an element without a model of its own has something true to show. It tells very
short stories from the corpus of this library, [tiny-tales](../src/data/tiny-tales/index.ts), and nothing else: it knows ${whole(facts.vocabSize)} tokens and no fact
about the world. It is meant for looking inside.

| | |
|---|---|
| file | \`src/engine/tiny-tales.safetensors\`: weights in F16, configuration and tokenizer in its metadata; ${whole(bytes)} bytes |
| model | GPT-2’s architecture, ${whole(facts.parameters)} parameters: ${config.nLayers} layers of ${config.nHeads} heads, ${config.embDim} wide, context ${config.contextLength}, ${config.tieWeights ? 'tied' : 'untied'} head |
| tokenizer | byte-level BPE trained on tiny-tales by this library, ${whole(facts.vocabSize)} tokens (256 bytes and at most ${merges} merges): nearly every word of a tale is one token |
| license | MIT, as the library; the text is its own |

## How close it gets

| unseen tales, each from its first word | nats per token |
|---|--:|
| the grammar that told them (no reader can expect to do better) | ${three(unseen.floor)} |
| **this model** | **${three(unseen.loss)}** |
| distance to the floor | ${three(excess)} |

Over ${whole(unseen.tales)} tales of a seed that it was not trained on, ${whole(unseen.tokens)} tokens. The floor is that of these very tales: their probability under the grammar
(\`logProbability\`), so luck plays no part in the distance.

Of ${whole(plain.tales)} tales that it wrote at temperature ${plain.temperature}, **${plain.grammatical} (${share(plain.grammatical, plain.tales)})** could have been told by the grammar, word for word: one plot, one hero, pronouns that agree, things that stay what
they are. At temperature ${cool.temperature} it is ${cool.grammatical} of ${whole(cool.tales)} (${share(cool.grammatical, cool.tales)}). ${share(plain.knownWords, plain.words)} of its words at temperature ${plain.temperature} are words of tiny-tales. The first ones${songLike(plain.examples)}:

${plain.examples.map((example) => `> ${example}`).join('\n>\n')}

## What its heads do

The share of its attention that a head spends where the pattern says, for the head that does it most; and what a head that looks everywhere alike
would have. Definitions and source (Olsson et al., 2022): [attention-patterns.ts](../src/math/attention-patterns.ts), [links.ts](../src/data/tiny-tales/links.ts).

| pattern | head | score | chance | places |
|---|---|--:|--:|--:|
${patternRows(heads)}

Every head (\`induction\` and the last \`previous\` on random words said twice, the rest on tales; evenness 1 looks everywhere alike):

${headRows(heads)}

${pronounPart(pronouns)}

## How it was trained

| step | loss on its batches | loss on 100 unseen tales |
|--:|--:|--:|
${curve.map(({step, trainLoss, loss}) => `| ${whole(step)} | ${trainLoss === undefined || trainLoss === null ? '' : three(trainLoss)} | ${three(loss)} |`).join('\n')}

| | |
|---|---|
| text | ${whole(text.tales)} tales of seed ${text.seed}, and after every ${text.talesPerSong} of them a song of random words, sung again and again (it gives heads a reason to look for repetition); ${whole(facts.characters)} characters, ${whole(facts.tokens)} tokens |
| first weights | as GPT-2’s, those of the blocks wider: normal(0, 1/√${config.embDim}), so that a narrow model’s heads have preferences to learn from |
| windows | ${config.contextLength} tokens, stride ${stride}: ${whole(facts.windows)}; ${options.batchSize} a step |
| training | ${whole(until)} steps of AdamW, learning rate ${options.learningRate} after ${options.warmupSteps} steps, then along a cosine that would reach ${100 * options.minLearningRateShare} % of it after ${whole(options.steps)}; weight decay ${options.weightDecay}, gradients clipped to norm 1, no dropout, seed ${seed} |
| settling | then ${whole(settling.options.steps)} steps at ${settling.options.learningRate} on the same text with all songs apart, so that every line begins a tale |
| computed by | the reference model on ${facts.backend} |
| time | ${Math.round(seconds / 60)} minutes, other work on the machine beside it |
| machine | ${machine.cpu}, ${machine.cores} cores, ${machine.platform} |
| versions | Chromium ${versions.chromium}, TensorFlow.js ${versions.tfjs}, Node ${versions.node} |
| date | ${date.slice(0, 10)} |

Repeat it with \`node scripts/default-model/train.mjs ${flags}\`. All figures: [default-model.json](results/default-model.json).

## What it is not

It has read nothing but such tales. It splits any other kind of text into bytes it has never seen together, and what its heads then do means nothing.
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const record = JSON.parse(readFileSync(join(root, 'docs/results/default-model.json'), 'utf8'));
  writeFileSync(join(root, 'docs/model-card.md'), modelCard(record));
}
