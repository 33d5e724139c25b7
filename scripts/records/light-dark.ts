/** One SVG for both color schemes. */

const COLOR = /#[0-9a-f]{6}\b|#[0-9a-f]{3}\b|rgba?\([^)]*\)/gi;

/** Steps of a channel: finer ones cannot be told apart. */
const STEP = 3;

const hex = (channel: string): string =>
  Math.min(255, Math.round(Number(channel) / STEP) * STEP)
    .toString(16)
    .padStart(2, '0');

const short = (color: string): string => {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color)?.slice(1);
  return channels ? `#${channels.map(hex).join('')}` : color;
};

/**
 * Joins a picture drawn in light colors with the same drawn in dark colors: each color becomes `light-dark(…)`, which
 * follows the page that the SVG stands in.
 * @throws {Error} if the two differ in more than their colors
 */
export function lightDark(light: string, dark: string): string {
  const others = dark.match(COLOR) ?? [];
  if (light.replace(COLOR, '') !== dark.replace(COLOR, ''))
    throw new Error('The light and the dark picture differ in more than their colors.');
  let index = 0;
  return light.replace(COLOR, (color) => {
    const [a, b] = [short(color), short(others[index++]!)];
    return a === b ? a : `light-dark(${a}, ${b})`;
  });
}
