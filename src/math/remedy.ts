/**
 * What can be done about broken files depends on where they come from: files on the reader's disk can be chosen again, those of a
 * server cannot. Whoever reads files knows only the former; whoever fetched them replaces that advice.
 */
const remedies = new WeakMap<Error, string>();

/** Adds to an error what to do if the reader chose the files; returns the error. */
export function withRemedy<E extends Error>(error: E, remedy: string): E {
  remedies.set(error, remedy);
  error.message += ` ${remedy}`;
  return error;
}

/** Makes another sentence the advice of an error; returns the error. */
export function replaceRemedy<E extends Error>(error: E, remedy: string): E {
  const own = remedies.get(error);
  if (own !== undefined) error.message = error.message.slice(0, -own.length - 1);
  return withRemedy(error, remedy);
}
