/** GPT-2 small to XL side by side, to scale: as wide as their vectors, and an area for each parameter. */
import {html, type SVGTemplateResult, svg, type TemplateResult} from 'lit';
import {bytes, count} from '../../../ui/base/format.js';
import {type FamilyMember, gpt2Family} from '../data/gpt2-family.js';

const FLOAT_BYTES = 4;
/** Pixels for a channel of a vector. */
const ACROSS = 0.1;
/** Height of the largest model in pixels. */
const TALLEST = 300;
const GAP = 40;
/** Above the models: a name. */
const NAME = 22;
/** The narrowest room for a name. */
const LEAST = 96;

export function renderFamily(): TemplateResult {
  const family = gpt2Family();
  const down = TALLEST / Math.max(...family.map(({parameters, config}) => parameters / config.embDim));
  let x = 0;
  const columns = family.map((member) => {
    const left = x;
    x += Math.max(LEAST, member.config.embDim * ACROSS) + GAP;
    return drawing(member, left, down);
  });
  return html`<figure class="family" part="family">
    <figcaption>
      GPT-2 in its four sizes, to scale: a model is as wide as its vectors, and its area grows with its parameters. Below, its
      token and position embeddings; above them, a layer for each block.
    </figcaption>
    <svg viewBox="0 0 ${x - GAP} ${TALLEST + NAME}" role="img" aria-label="GPT-2 small, medium, large and XL side by side, to scale">
      ${columns}
    </svg>
    <table>
      <caption class="visually-hidden">The sizes of GPT-2</caption>
      <thead>
        <tr>
          <th scope="col">model</th>
          <th scope="col">blocks × heads</th>
          <th scope="col">width</th>
          <th scope="col">parameters</th>
          <th scope="col">bytes</th>
          <th scope="col">FLOPs per token</th>
        </tr>
      </thead>
      <tbody>
        ${family.map(
          ({name, config, parameters, flops}) => html`<tr>
            <th scope="row">${name}</th>
            <td class="number">${config.nLayers} × ${config.nHeads}</td>
            <td class="number">${config.embDim}</td>
            <td class="number">${count(parameters)}</td>
            <td class="number">${bytes(FLOAT_BYTES * parameters)}</td>
            <td class="number">${count(flops)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </figure>`;
}

/** One model from the bottom up. @param down pixels for a parameter of each channel */
function drawing({name, config, embedding, block}: FamilyMember, x: number, down: number): SVGTemplateResult {
  const width = config.embDim * ACROSS;
  const bottom = TALLEST + NAME;
  const height = (parameters: number): number => (parameters / config.embDim) * down;
  const [foot, layer] = [height(embedding), height(block)];
  const top = bottom - foot - config.nLayers * layer;
  return svg`<g transform="translate(${x} 0)">
    <text x="0" y=${top - 7}>${name}</text>
    <rect class="embedding" x="0" y=${bottom - foot} width=${width} height=${foot}></rect>
    ${Array.from(
      {length: config.nLayers},
      (_, n) =>
        svg`<rect class="block" x="0" y=${bottom - foot - (n + 1) * layer} width=${width} height=${layer}></rect>`,
    )}
  </g>`;
}
