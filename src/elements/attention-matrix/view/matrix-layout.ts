/** The sizes of cells, labels and small pictures. */

export interface MatrixLayout {
  /** Side of a cell in CSS pixels. */
  cell: number;
  /** Width of the row labels; height of the column labels. */
  labelSpace: number;
  /** Width of labels of full size. */
  wideLabels: number;
  /** Font size of the labels. */
  font: number;
  /** Whether column labels are turned by 90°: they are wider than a cell. */
  turned: boolean;
  /** Width of the matrix with its labels if the small pictures and the text are beside it; undefined if they are below. */
  stage?: number;
  /** Side of a small picture. */
  thumbnail: number;
  /** Whether a long text is drawn as a whole, on less than a pixel per cell, with a lens and only some labels. */
  fitted: boolean;
}

/** From this many tokens on, the matrix is drawn as a whole and does not scroll. */
const LONG = 129;

/** Smaller labels could not be read: the matrix scrolls inside its frame instead. */
export const MIN_CELL = 10;
const MAX_CELL = 44;
export const MAX_FONT = 13;
/** The whole matrix should fit on the screen. */
const MAX_SIDE = 576;
/** Width of the rows' axis name. */
const AXIS = 20;
/** From this width on, the heads are beside the matrix. */
const WIDE = 720;
/** Between the matrix and the heads. */
const GAP = 40;
/** The controls and the legend need so much. */
const MIN_STAGE = 330;
/** The heads' row names, and the space between two pictures. */
const HEAD_LABEL = 56;
const HEAD_GAP = 6;
const MAX_THUMBNAIL = 84;
/** The smallest size that a finger can press. */
const MIN_THUMBNAIL = 24;

const clamp = (low: number, value: number, high: number): number => Math.max(low, Math.min(high, value));

/**
 * @param labels One for each token
 * @param heads Number of small pictures in a row; 0 for none
 * @param width Pixels for matrix and pictures together
 */
export function matrixLayout(labels: readonly string[], heads: number, width: number): MatrixLayout {
  const longest = Math.min(14, Math.max(1, ...labels.map((label) => label.length)));
  // A character of a monospaced font is about six tenths of its size wide.
  const spaceFor = (font: number): number => Math.ceil(longest * font * 0.61) + 12;
  const headsWidth = (picture: number): number => HEAD_LABEL + heads * (picture + HEAD_GAP);
  const beside = width >= WIDE && heads > 0;
  // Beside the matrix, the pictures shrink first, down to half their full size.
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
