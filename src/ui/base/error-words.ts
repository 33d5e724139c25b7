/** Chrome's “Failed to fetch dynamically imported module: …”, Firefox's “error loading dynamically …”, Safari's “Importing a module script failed.” */
const IS_IMPORT = /import.* module/i;

/** Returns what to tell the reader about an error. Browsers' words for code that did not load are replaced. */
export const errorWords = ({message}: Error): string =>
  IS_IMPORT.test(message)
    ? 'The code for this could not be loaded. Check your connection and try again.'
    : message;
