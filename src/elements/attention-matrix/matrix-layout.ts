/** How large the cells and the small pictures are, and how the labels stand. */

export interface MatrixLayout {
  /** Side of a cell in CSS pixels. */
  cell: number;
  /** Width of the row labels; height of the column labels. */
  labelSpace: number;
  /** Width of labels of full size. */
  wideLabels: number;
  /** Font size of the labels. */
  font: number;
  /** Column labels are turned by 90° where they are wider than a cell. */
  turned: boolean;
  /** Width of the matrix with its labels, where the small pictures and the words stand beside it; else they stand below. */
  stage?: number;
  /** Side of a small picture. */
  thumbnail: number;
  /** All of a long text at once, on less than a pixel a cell: a lens shows the cells, and only some tokens have labels. */
  fitted: boolean;
}

/** From this many tokens on, the whole is drawn at once and no longer scrolled. */
const LONG = 129;

/** Below this, labels could not be read: the matrix scrolls inside its frame instead. */
export const MIN_CELL = 10;
const MAX_CELL = 48;
export const MAX_FONT = 13;
/** The whole matrix should be seen at once. */
const MAX_SIDE = 576;
/** The rows' axis name. */
const AXIS = 20;
/** From this width on, the heads stand beside the matrix. */
const WIDE = 720;
/** Between the matrix and the heads. */
const GAP = 40;
/** Room for the controls and the legend. */
const MIN_STAGE = 330;
/** The heads' row names, and the space between two pictures. */
const HEAD_LABEL = 56;
const HEAD_GAP = 6;
const MAX_THUMBNAIL = 84;
/** No smaller than a finger needs. */
const MIN_THUMBNAIL = 24;

const clamp = (low: number, value: number, high: number): number => Math.max(low, Math.min(high, value));

/**
 * @param labels One for each token.
 * @param heads Small pictures in a row; 0 where there are none.
 * @param width Room for matrix and pictures together.
 */
export function matrixLayout(labels: readonly string[], heads: number, width: number): MatrixLayout {
  const longest = Math.min(14, Math.max(1, ...labels.map((label) => label.length)));
  // A character of a monospaced font is about six tenths of its size wide.
  const spaceFor = (font: number): number => Math.ceil(longest * font * 0.61) + 12;
  const headsWidth = (picture: number): number => HEAD_LABEL + heads * (picture + HEAD_GAP);
  const beside = width >= WIDE && heads > 0;
  // Beside the matrix the pictures first give way, down to half their full size.
  const reserved = beside ? GAP + headsWidth(Math.min(MAX_THUMBNAIL / 2, 300 / heads)) : 0;
  const room = Math.min(width - reserved - AXIS - spaceFor(MAX_FONT) - 2, MAX_SIDE);
  const fitted = labels.length >= LONG;
  const cell = fitted ? room / labels.length : clamp(MIN_CELL, Math.floor(room / labels.length), MAX_CELL);
  const font = clamp(9, cell - 3, MAX_FONT);
  const labelSpace = spaceFor(font);
  const stage = beside
    ? clamp(MIN_STAGE, AXIS + labelSpace + labels.length * cell, width - reserved)
    : undefined;
  const taken = stage === undefined ? 0 : stage + GAP;
  const picture = heads ? (width - taken - HEAD_LABEL) / heads - HEAD_GAP : 0;
  return {
    cell,
    font,
    labelSpace,
    wideLabels: spaceFor(MAX_FONT),
    stage,
    fitted,
    turned: longest * font * 0.61 > cell - 2,
    thumbnail: Math.floor(clamp(MIN_THUMBNAIL, picture, MAX_THUMBNAIL)),
  };
}
