/** Two things that may be taken, so that the next token has two likely candidates. */
export const TALE = 'Mia saw a kite and a drum. She took the';

/** The same with the things exchanged: what a part takes from it can turn the prediction around. */
export const OTHER_TALE = 'Mia saw a drum and a kite. She took the';

/** More lanes than this are too thin to read. */
export const MAX_TOKENS = 16;
