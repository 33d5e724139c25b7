/** One sentence for each part of the map, with its real numbers. */
import {number, visibleToken} from '../../../ui/base/format.js';
import {mainSources} from '../draw/attention-links.js';
import {
  type ArchitectureData,
  activeUnits,
  addedAt,
  type Guess,
  headRow,
  normAt,
} from './architecture-data.js';
import {oncePerData} from './per-data.js';
import {share} from './share.js';
import {partName, switchedBy} from './switches.js';

const capitalized = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

export const describe = (id: string, data: ArchitectureData, chosen: number): string =>
  described(data, `${chosen} ${id}`);

const described = oncePerData((data: ArchitectureData, key) => {
  const [chosen, id] = key.split(' ') as [string, string];
  return sentence(id, data, Number(chosen));
});

function sentence(id: string, data: ArchitectureData, chosen: number): string {
  const switched = switchedBy(id);
  if (data.off.includes(switched))
    return `${capitalized(partName(switched))}: switched off, so it adds nothing. The outlined bars are the prediction with everything on.`;
  if (data.patched?.includes(id))
    return `${capitalized(partName(id))}: patched, its output is taken from the other text. The outlined bars are the prediction without any patch.`;
  const {config, tokens, ids} = data;
  const token = visibleToken(tokens[chosen] ?? '');
  const [kind, layer, part, head] = id.split('.') as [string, string?, string?, string?];
  switch (kind) {
    case 'tokens':
      return `The text as ${tokens.length} tokens. Each has a lane of its own through the whole model.`;
    case 'token': {
      const t = Number(layer);
      return `Token ${t + 1} is ${visibleToken(tokens[t] ?? '')}, id ${ids[t]}. The model’s best guess for what follows it is ${best(data, t)}.`;
    }
    case 'embed':
      return layer === 'token'
        ? `Token embedding: each token’s row of wte, ${config.embDim} learned numbers.`
        : layer === 'position'
          ? `Position embedding: each position’s row of wpe, added to the token’s row.`
          : `The two rows are added: the first value of the residual stream, a vector of length ${number(normAt(data, 'embed', chosen))} for ${token}.`;
    case 'next':
      return layer === undefined
        ? `After ${token}, the head scores all ${number(config.vocabSize)} tokens of the vocabulary; softmax makes the scores probabilities.`
        : candidate(data, chosen, Number(layer));
    default:
      return inBlock(data, chosen, Number(layer), part, head === undefined ? undefined : Number(head));
  }
}

function inBlock(data: ArchitectureData, chosen: number, n: number, part?: string, head?: number): string {
  const {tokens, config} = data;
  const token = visibleToken(tokens[chosen] ?? '');
  const block = `Block ${n + 1}`;
  if (part === 'attn' && head !== undefined) {
    const main = mainSources(headRow(data, n, head, chosen)).slice(0, 2);
    const sources = main
      .map(({token: t, weight}) => `${share(weight)} to ${visibleToken(tokens[t]!)}`)
      .join(' and ');
    return `${block}, head ${head + 1}: ${token} attends ${sources || 'to nothing'}.`;
  }
  if (part === 'attn')
    return `${block}, attention: ${config.nHeads} heads move information between lanes. ${added(data, chosen, n === 0 ? 'embed' : `h.${n - 1}.resid_post`, `h.${n}.resid_mid`)}`;
  if (part === 'mlp') {
    return `${block}, MLP: ${activeUnits(data, n, chosen)} of ${4 * config.embDim} hidden units are active for ${token}. ${added(data, chosen, `h.${n}.resid_mid`, `h.${n}.resid_post`)}`;
  }
  const guess = data.stream.find(({at}) => at === `h.${n}.resid_post`)?.guesses[chosen]?.[0];
  return `${block}: attention reads other lanes, the MLP works on each lane alone; both add to the stream.${guess ? ` After it, ${token} reads as ${visibleToken(guess.token)} (${share(guess.probability)}).` : ''}`;
}

const added = (data: ArchitectureData, chosen: number, from: string, to: string): string =>
  `It adds a vector of length ${number(addedAt(data, from, to, chosen))} to a stream of length ${number(normAt(data, from, chosen))}.`;

function best({stream}: ArchitectureData, token: number): string {
  const guess = stream.at(-1)?.guesses[token]?.[0];
  return guess ? named(guess) : 'not known';
}

const named = ({token, probability}: Guess): string => `${visibleToken(token)} (${share(probability)})`;

function candidate({stream, tokens, patched = []}: ArchitectureData, chosen: number, index: number): string {
  const guess = stream.at(-1)?.guesses[chosen]?.[index];
  if (!guess) return 'No candidate';
  const change =
    guess.before === undefined
      ? ''
      : `, ${share(guess.before)} ${patched.length > 0 ? 'unchanged' : 'with everything on'}`;
  return `${visibleToken(guess.token)} follows ${visibleToken(tokens[chosen] ?? '')} with a probability of ${share(guess.probability)}${change}.`;
}
