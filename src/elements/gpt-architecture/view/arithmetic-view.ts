/** The sum behind one number: its ten largest terms, the rest folded. */
import {html, nothing, type TemplateResult} from 'lit';
import {decimals, number} from '../../../ui/base/format.js';
import type {Arithmetic, Term} from '../sources/arithmetic.js';
import type {Rule} from '../sources/sources.js';

export interface ArithmeticView {
  arithmetic: Arithmetic;
  rule: Rule;
  /** Which number it is. */
  label: string;
  /** [T] */
  tokens: readonly string[];
  /** The text of any token of the vocabulary, where it is known. */
  wordOf?: (id: number) => string;
}

/** Terms that are written out. */
const LARGEST = 10;

export function renderArithmetic({arithmetic, rule, label, tokens, wordOf}: ArithmeticView): TemplateResult {
  const {terms, value, sum, finish} = arithmetic;
  const largest = terms.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, LARGEST);
  const rest = terms.length - largest.length;
  const restSum = sum - largest.reduce((total, term) => total + term.value, 0);
  const most = Math.max(...largest.map((term) => Math.abs(term.value)), 0) || 1;
  const isSum = terms.length > 1;
  const hasBias = terms.at(-1)?.index === 'bias';
  return html`<div class="arithmetic" part="arithmetic">
    <p role="status"><b>${/^\d+$/.test(label) ? html`number ${label}` : label}</b> = <b class="number">${Number.isFinite(value) ? number(value) : '−∞'}</b>${explained(arithmetic, isSum)}</p>
    ${
      isSum
        ? html`<ol class="terms">
            ${largest.map(
              (term) => html`<li class=${term.value < 0 ? 'negative' : 'positive'}>
                <span class="name">${termName(term, rule, tokens, wordOf)}</span>
                <span class="number">${factors(term)}</span>
                <span class="bar" .style="--_share: ${Math.abs(term.value) / most}"></span>
                <span class="number">${decimals(term.value, 3)}</span>
              </li>`,
            )}
          </ol>
          <p class="note">
            ${rest > 0 ? html`and ${rest} smaller ${rest === 1 ? 'term' : 'terms'}: ${number(restSum)}; ` : nothing}sum of ${hasBias ? `${terms.length - 1} terms and the bias` : `${terms.length} terms`} =
            <span class="number">${number(sum)}</span>${finish?.kind === 'divide' ? html`, ÷ ${number(finish.by)} = ${number(value)}` : nothing}
          </p>`
        : nothing
    }
  </div>`;
}

function explained({finish, terms, sum}: Arithmetic, isSum: boolean): TemplateResult | string {
  switch (finish?.kind) {
    case 'normalize':
      return html` = (<span class="number">${number(terms[0]!.value)}</span> ${plus(-finish.mean)} (mean)) ÷
        <span class="number">${number(finish.deviation)}</span> (deviation) × <span class="number">${number(finish.scale)}</span>
        ${plus(finish.shift)}`;
    case 'softmax':
      return html` = <span class="number">${number(finish.own)}</span> of <span class="number">${number(sum)}</span>; each term is
        exp(score − largest score), and the largest score is <span class="number">${number(finish.largest)}</span>`;
    case 'gelu':
      return html` = GELU(<span class="number">${number(finish.input)}</span>)`;
    case 'masked':
      return ': a later token, masked';
    default:
      return isSum ? '' : html`, read from one place`;
  }
}

/** A number to be added, with the sign as the operator: “+ 0.01”, “− 0.01”. */
const plus = (value: number): TemplateResult =>
  html`${value < 0 ? '−' : '+'} <span class="number">${number(Math.abs(value))}</span>`;

const factors = ({factors: [a, b]}: Term): string =>
  b === undefined ? '' : `${decimals(a!, 3)} × ${decimals(b, 3)}`;

function termName(
  {index}: Term,
  rule: Rule,
  tokens: readonly string[],
  wordOf: ArithmeticView['wordOf'],
): string {
  if (index === 'bias') return 'bias';
  if (rule.kind === 'add') return rule.inputs[index]!;
  const perToken = rule.kind === 'average' || (rule.kind === 'softmax' && rule.input !== 'logits');
  if (perToken) return tokens[index]!;
  if (rule.kind === 'softmax') return wordOf?.(index) ?? `token ${index}`;
  return `input ${index + 1}`;
}
