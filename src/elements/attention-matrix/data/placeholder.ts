/** Stands for the data until it is loaded: the expected tokens and heads, without weights. */
import {DEFAULT_PRESET, type LiveModel, normalizeConfig, PRESETS} from '../../../state/index.js';
import {contextLengthOf} from '../../../ui/model/model-text.js';
import {type AttentionData, MAX_TOKENS} from './attention-data.js';
import {OPENING_CHARACTERS, TALE} from './opening.js';

export function placeholder(model: LiveModel | undefined, text: string | undefined): AttentionData {
  const tokens = expected(model, text);
  const context = model ? contextLengthOf(model) : MAX_TOKENS;
  const {layers, heads} = shape(model);
  return {
    tokens: tokens.slice(0, Math.max(1, Math.min(context, MAX_TOKENS))),
    heads,
    weights: Array.from({length: layers}, () => undefined),
    scores: [new Float32Array()], // reserves room for the choice of scores
    causal: true,
  };
}

function shape(model: LiveModel | undefined): {layers: number; heads: number} {
  const {facts, spec} = model ?? {};
  if (!facts && (!spec || spec.pretrained)) return {layers: 2, heads: 4}; // the default model
  const {nLayers, nHeads} =
    facts?.config ?? normalizeConfig(spec?.config ?? {}, PRESETS[spec?.preset ?? DEFAULT_PRESET].config);
  return {layers: nLayers, heads: nHeads};
}

/** Guesses how a text will be split into tokens, closely enough to reserve its room. */
function expected(model: LiveModel | undefined, text: string | undefined): string[] {
  const {spec} = model ?? {};
  const characters = spec && !spec.pretrained && (spec.tokenizer ?? 'char') === 'char';
  if (characters) return Array.from(text ?? TALE.slice(0, OPENING_CHARACTERS));
  return (text || TALE).match(/\s?[\p{L}\p{N}]+|\s?[^\s\p{L}\p{N}]+|\s/gu) ?? [' '];
}
