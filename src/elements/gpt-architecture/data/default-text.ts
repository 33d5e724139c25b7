/** Two things that may be taken, so that the next token has two likely candidates. */
export const TALE = 'Mia saw a kite and a drum. She took the';

/** More lanes than this are too thin to read. */
export const MAX_TOKENS = 16;
