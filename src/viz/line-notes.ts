/** Words beside the points of a falling curve: to its right, where there is room. */
import type {ChartFrame} from './chart-frame.js';
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

export interface Note {
  x: number;
  y: number;
  title: string;
  /** Shortened to the room. */
  text: string;
}

const FONT = 12;
/** Pixels between two lines of notes. */
const LINE = 24;
/** Pixels between a point and its words. */
const GAP = 9;
/** Pixels that the labels of the curves need above their ends. */
const END_LABELS = 44;
/** Pixels of a character in the monospace; and roughly in the sans-serif, by how wide its letters are. */
const MONO = 7.3;
const WIDTHS: readonly [RegExp, number][] = [
  [/[ijlI!.,:;'|]/, 3.4],
  [/[ ftr"()-]/, 4.6],
  [/[mwMW]/, 10.5],
  [/[A-Z]/, 8.2],
];
const OTHERS = 6.9;
/** The part of the width that the last note may take: to the left of that the curve has not come down yet. */
const LAST = 0.62;
/** A point as near as this to the upper end has its words below: above it is the line of guessing. */
const TOP = 40;
/** Words narrower than this say nothing. */
const LEAST = 50;

const widthOf = (char: string): number => WIDTHS.find(([chars]) => chars.test(char))?.[1] ?? OTHERS;

/** The text, or as much of its beginning as fits into some pixels. */
function shortened(text: string, room: number): string {
  const chars = [...text];
  let width = 0;
  let fitting = 0; // with room for the ellipsis
  for (const [i, char] of chars.entries()) {
    width += widthOf(char);
    if (width > room)
      return `${chars
        .slice(0, fitting)
        .join('')
        .replace(/[\s.,]+$/, '')}…`;
    if (width + 2 * OTHERS <= room) fitting = i + 1;
  }
  return text;
}

interface Placed {
  note: Note;
  x: number;
  y: number;
  /** Pixels of its words' left end, of their line, and of the room for them. */
  left: number;
  line: number;
  room: number;
}

/** Draws each note beside its point. The last one stands above the curves' ends; others that would touch it are left out. */
export function drawNotes(surface: Surface, notes: readonly Note[], frame: ChartFrame, theme: Theme): void {
  for (const {note, x, y, left, line, room} of place(notes, frame)) {
    const title = `${note.title} `;
    const text = shortened(note.text, room - MONO * title.length);
    const [cx, cy] = [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
    surface.path(`M${cx - 3.5} ${cy}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z`, {fill: theme.text});
    const halo = theme.background;
    surface.text(title.trimEnd(), left, line, {fill: theme.muted, size: FONT, font: theme.mono, halo});
    surface.text(text, left + MONO * title.length, line, {
      fill: theme.text,
      size: FONT,
      font: theme.sans,
      halo,
    });
  }
}

function place(notes: readonly Note[], frame: ChartFrame): Placed[] {
  const placed: Placed[] = [];
  const width = frame.right - frame.left;
  for (const [i, note] of notes.entries()) {
    const [x, y] = [frame.x(note.x), frame.y(note.y)];
    if (!Number.isFinite(y) || x > frame.right + 1) continue;
    const isLast = i === notes.length - 1 && x > frame.left + LAST * width;
    const words =
      MONO * (note.title.length + 1) + [...note.text].reduce((sum, char) => sum + widthOf(char), 0);
    const above = isLast ? END_LABELS : y < frame.top + TOP ? -1.5 * GAP : GAP;
    const left = isLast ? frame.right - Math.min(words, LAST * width) : x + (above < 0 ? 2 * GAP : GAP);
    const line = y - above;
    const room = frame.right - left;
    if (room < MONO * (note.title.length + 1) + LEAST) continue;
    if (isLast) while (placed.length > 0 && line - placed.at(-1)!.line < LINE) placed.pop();
    else if (placed.length > 0 && line - placed.at(-1)!.line < LINE) continue;
    placed.push({note, x, y, left, line, room});
  }
  return placed;
}
