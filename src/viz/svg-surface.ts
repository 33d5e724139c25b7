import {type HatchStyle, SANS, type ShapeStyle, type Surface, type TextStyle} from './surface.js';

const ESCAPES: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);

/** At most two decimals: a hundredth of a pixel is finer than any eye. */
const short = (value: number): string => String(Math.round(value * 100) / 100);

const BASELINES = {top: 'hanging', middle: 'central', bottom: 'text-after-edge'};

/** A surface that becomes an SVG file. */
export class SvgSurface implements Surface {
  readonly #body: string[] = [];
  readonly #definitions = new Map<string, string>();
  /** The id of each hatching's pattern, by its style. */
  readonly #hatches = new Map<string, string>();

  /** @param title What the picture shows, for those who cannot see it. */
  constructor(
    readonly width: number,
    readonly height: number,
    readonly title = '',
  ) {}

  rect(x: number, y: number, width: number, height: number, style: ShapeStyle): void {
    this.#body.push(
      `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"${paint(style)}/>`,
    );
  }

  line(x1: number, y1: number, x2: number, y2: number, style: ShapeStyle): void {
    this.#body.push(
      `<line x1="${short(x1)}" y1="${short(y1)}" x2="${short(x2)}" y2="${short(y2)}"${paint(style)}/>`,
    );
  }

  path(d: string, style: ShapeStyle): void {
    this.#body.push(`<path d="${d}"${paint(style)}/>`);
  }

  text(text: string, x: number, y: number, style: TextStyle): void {
    const turn = style.rotate ? ` transform="rotate(${style.rotate} ${short(x)} ${short(y)})"` : '';
    const halo = style.halo
      ? ` stroke="${escapeXml(style.halo)}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`
      : '';
    this.#body.push(
      `<text x="${short(x)}" y="${short(y)}" font-family="${escapeXml(style.font ?? SANS)}" font-size="${short(style.size)}"` +
        ` font-weight="${style.weight ?? 400}" fill="${escapeXml(style.fill)}" text-anchor="${style.anchor ?? 'start'}"` +
        ` dominant-baseline="${BASELINES[style.baseline ?? 'middle']}" xml:space="preserve"${halo}${turn}>${escapeXml(text)}</text>`,
    );
  }

  hatch(d: string, {stroke, spacing, lineWidth = 1}: HatchStyle): void {
    const key = `${stroke} ${spacing} ${lineWidth}`;
    const id = this.#hatches.get(key) ?? `hatch-${this.#hatches.size}`;
    this.#hatches.set(key, id);
    this.#definitions.set(
      id,
      `<pattern id="${id}" width="${short(spacing)}" height="${short(spacing)}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
        `<line x1="0" y1="0" x2="0" y2="${short(spacing)}" stroke="${escapeXml(stroke)}" stroke-width="${2 * lineWidth}"/></pattern>`,
    );
    this.#body.push(`<path d="${d}" fill="url(#${id})"/>`);
  }

  grid(
    x: number,
    y: number,
    cell: number,
    columns: number,
    colors: readonly (string | undefined)[],
    height = cell,
  ): void {
    colors.forEach((fill, i) => {
      if (fill)
        this.rect(x + (i % columns) * cell, y + Math.floor(i / columns) * height, cell, height, {fill});
    });
  }

  clip(x: number, y: number, width: number, height: number, draw: () => void): void {
    const id = `clip-${this.#definitions.size}`;
    this.#definitions.set(
      id,
      `<clipPath id="${id}"><rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"/></clipPath>`,
    );
    this.#body.push(`<g clip-path="url(#${id})">`);
    draw();
    this.#body.push('</g>');
  }

  toString(): string {
    const [width, height] = [short(this.width), short(this.height)];
    const definitions = [...this.#definitions.values()].join('');
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" direction="ltr">` +
      (this.title ? `<title>${escapeXml(this.title)}</title>` : '') +
      (definitions ? `<defs>${definitions}</defs>` : '') +
      `${this.#body.join('\n')}</svg>`
    );
  }
}

function paint({fill, stroke, lineWidth, dash}: ShapeStyle): string {
  return (
    ` fill="${fill ? escapeXml(fill) : 'none'}"` +
    (stroke ? ` stroke="${escapeXml(stroke)}" stroke-linejoin="round"` : '') +
    (stroke && lineWidth !== undefined ? ` stroke-width="${lineWidth}"` : '') +
    (dash?.length ? ` stroke-dasharray="${dash.join(' ')}"` : '')
  );
}
