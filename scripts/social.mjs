// The picture that other sites show beside a link to the course: a recorded attention head of the shipped model and the site's
// name. Drawn in Node when the site is built, from what scripts/records/ has put into the gallery.
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {create} from 'fontkitten';

const [WIDTH, HEIGHT] = [1200, 630];
const PAPER = '#fdfcf9';
const INK = '#1d1f21';
const MUTED = '#5c6064';
/** Side of the square for the attention head. */
const SIDE = 510;

const font = create(
  readFileSync(new URL('../docs-site/src/fonts/newsreader-display.woff2', import.meta.url)),
);

/** A line of text as paths: the picture does not depend on the fonts of the machine that builds it. */
function line(text, x, y, size, fill) {
  const scale = size / font.unitsPerEm;
  let at = x / scale;
  const glyphs = Array.from(text, (character) => {
    const glyph = font.glyphForCodePoint(character.codePointAt(0));
    const path = `<path transform="translate(${at} 0)" d="${glyph.path.toSVG()}"/>`;
    at += glyph.advanceWidth;
    return path;
  });
  return `<g fill="${fill}" transform="translate(0 ${y}) scale(${scale} ${-scale})">${glyphs.join('')}</g>`;
}

/** The recorded head as an SVG in light colors. @throws {Error} if the gallery has none */
function attentionHead(folder) {
  const html = readFileSync(join(folder, 'elements/index.html'), 'utf8');
  const [, content] = html.match(/<gpt-picture of="attention-matrix"[^>]*>([\s\S]*?)<\/gpt-picture>/) ?? [];
  const svg = content?.match(/<svg[\s\S]*?<\/svg>/)?.[0];
  if (!svg)
    throw new Error('The gallery holds no recorded picture of <attention-matrix> for the social image.');
  return svg
    .replace(/light-dark\(([^,()]+(?:\([^)]*\))?),[^()]*(?:\([^)]*\))?\)/g, '$1')
    .replace(/<svg[^>]*?viewBox="([^"]*)"[^>]*>/, (_, box) => {
      const [, , width, height] = box.split(' ').map(Number);
      const fit = Math.min(SIDE / width, SIDE / height);
      const [x, y] = [WIDTH - 40 - width * fit, (HEIGHT - height * fit) / 2];
      return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" x="${x}" y="${y}" width="${width * fit}" height="${height * fit}" font-family="monospace">`;
    });
}

/** Writes `social.png` into the folder of the built site; says so and goes on where no image library is installed. */
export async function drawSocialImage(folder) {
  const {default: sharp} = await import('sharp').catch(() => ({}));
  if (!sharp) {
    console.warn('No social image: the optional package sharp is not installed.');
    return;
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="100%" height="100%" fill="${PAPER}"/>
    ${line('A language model,', 64, 240, 76, INK)}
    ${line('small enough', 64, 328, 76, INK)}
    ${line('to watch', 64, 416, 76, INK)}
    ${line('gpt-elements', 64, 540, 38, MUTED)}
    ${attentionHead(folder)}
  </svg>`;
  writeFileSync(join(folder, 'social.png'), await sharp(Buffer.from(svg)).png({palette: true}).toBuffer());
}
