/** Two diagrams of the model, drawn from the forward pass on show: on the page, and as files. */
import {html, type TemplateResult} from 'lit';
import {unsafeHTML} from 'lit/directives/unsafe-html.js';
import {sideways} from '../../../ui/base/sideways.js';
import {savePicture} from '../../../ui/export/export.js';
import {picture} from '../../../viz/picture.js';
import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import {ARCHITECTURE_SIZE, drawArchitectureDiagram} from '../draw/diagrams/architecture-diagram.js';
import {ATTENTION_SIZE, drawAttentionDiagram} from '../draw/diagrams/attention-diagram.js';

export interface DiagramInput {
  data: ArchitectureData;
  chosen: number;
  theme: Theme;
  /** The block whose heads are drawn. */
  layer: number;
  /** Says what became of a file. */
  saved: (message: string) => void;
}

type Draw = (surface: Surface, data: ArchitectureData, layer: number, chosen: number, theme: Theme) => void;

const DIAGRAMS: readonly {
  file: string;
  name: string;
  title: string;
  size: {width: number; height: number};
  draw: Draw;
}[] = [
  {
    file: 'gpt-architecture-complete',
    name: 'Architecture',
    title: 'Complete GPT architecture',
    size: ARCHITECTURE_SIZE,
    draw: drawArchitectureDiagram,
  },
  {
    file: 'gpt-architecture-attention',
    name: 'Attention',
    title: 'Multi-head attention',
    size: ATTENTION_SIZE,
    draw: drawAttentionDiagram,
  },
];

export function renderDiagrams(
  element: Element,
  {data, chosen, theme, layer, saved}: DiagramInput,
): TemplateResult {
  return html`<div class="diagrams" part="diagrams">
    ${DIAGRAMS.map(({file, name, title, size, draw}) => {
      const drawing = picture({
        ...size,
        title: `${title}, with the values of “${data.tokens.join('')}”`,
        theme,
        draw: (surface) => draw(surface, data, layer, chosen, theme),
      });
      const save = async (kind: 'svg' | 'png'): Promise<void> => {
        try {
          saved(await savePicture(element, drawing, kind, file));
        } catch (error) {
          saved((error as Error).message);
        }
      };
      return html`<figure>
        <figcaption>
          <b>${title}</b>
          <button @click=${() => save('svg')}>${name} as SVG</button>
          <button @click=${() => save('png')}>${name} as PNG</button>
        </figcaption>
        <div class="frame" tabindex="0" role="region" aria-label=${title} ${sideways()}>${unsafeHTML(drawing.svg())}</div>
      </figure>`;
    })}
  </div>`;
}
