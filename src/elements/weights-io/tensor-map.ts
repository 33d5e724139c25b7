/** What a file of weights holds, as areas: every tensor of the model, as large as it has numbers. */
import {html, type TemplateResult} from 'lit';
import {type GPTConfig, parameterShapes} from '../../state/index.js';
import {bytes} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';

export interface MapTensor {
  name: string;
  shape: readonly number[];
  numbers: number;
}

interface Column {
  title: string;
  tensors: MapTensor[];
}

const WHAT: readonly [RegExp, string, string][] = [
  [/^wte/, 'residual', 'one vector for each token'],
  [/^wpe/, 'residual', 'one vector for each position'],
  [/c_attn/, 'query', 'makes queries, keys and values'],
  [/attn\.c_proj/, 'value', 'mixes what the heads found'],
  [/mlp/, 'mlp', 'a matrix of the MLP'],
  [/^lm_head/, 'residual', 'scores every token as the next one'],
];

/** What kind of part a tensor belongs to: its color. */
export const partOf = (name: string): readonly [RegExp, string, string] =>
  WHAT.find(([pattern]) => pattern.test(name)) ?? [/./, 'norm', 'norms and biases'];

const add = (tensors: readonly MapTensor[]): number => tensors.reduce((sum, {numbers}) => sum + numbers, 0);

/** Matrices in columns, a layer each; the vectors of a column are one area, for each is too small to be seen. */
export function columnsOf(config: GPTConfig): Column[] {
  const columns = new Map<string, MapTensor[]>();
  for (const [name, shape] of parameterShapes(config)) {
    const layer = /^h\.(\d+)\./.exec(name)?.[1];
    const title = layer === undefined ? name.split('.')[0]! : `layer ${Number(layer) + 1}`;
    const numbers = shape.reduce((product, length) => product * length, 1);
    const tensors = columns.get(title) ?? [];
    columns.set(title, tensors);
    const vectors = tensors.find(({shape: {length}}) => length === 0);
    if (shape.length > 1) tensors.push({name, shape, numbers});
    else if (vectors) vectors.numbers += numbers;
    else tensors.push({name: `${title}: norms and biases`, shape: [], numbers});
  }
  return [...columns].map(([title, tensors]) => ({
    title,
    tensors: tensors.toSorted((a, b) => b.shape.length - a.shape.length),
  }));
}

/** A tensor in words. */
export function tensorInWords({name, shape, numbers}: MapTensor): string {
  const what = shape.length ? `, [${shape.join(', ')}], ${partOf(name)[2]}` : '';
  return `${name}${what}: ${whole(numbers)} numbers, ${bytes(4 * numbers)} at 32 bits each.`;
}

/** @param point Called with the tensor that the reader points at, and with undefined when the pointer leaves. */
export function renderTensorMap(
  config: GPTConfig,
  pointed: MapTensor | undefined,
  point: (tensor: MapTensor | undefined) => void,
): TemplateResult {
  const columns = columnsOf(config);
  const box = (tensor: MapTensor): TemplateResult => html`<span
    class="tensor ${partOf(tensor.name)[1]} ${pointed?.name === tensor.name ? 'highlighted' : ''}"
    .style="flex-grow: ${tensor.numbers}"
    @pointerenter=${() => point(tensor)}
    ><span class="label">${tensor.name.replace(/^h\.\d+\.|\.weight$/g, '')} <small>${tensor.shape.join(' × ')}</small></span></span
  >`;
  const largest = columns.flatMap(({tensors}) => tensors).reduce((a, b) => (b.numbers > a.numbers ? b : a));
  return html`<figure class="map" part="map">
    <div
      class="areas"
      role="img"
      aria-label="The model’s tensors by their size. The largest: ${tensorInWords(largest)}"
      @pointerleave=${() => point(undefined)}
    >
      ${columns.map(
        ({title, tensors}) => html`<span class="column" .style="flex-grow: ${add(tensors)}">
          <span class="title">${/^layer/.test(title) ? title : ''}</span>${tensors.map(box)}
        </span>`,
      )}
    </div>
  </figure>`;
}
