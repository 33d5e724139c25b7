/**
 * Addresses of the files that lie beside the engine's worker: `new URL('./…', import.meta.url)`, which bundlers rewrite.
 */

/** Where Vite's dev server keeps dependencies that it has bundled; up to Vite 7 without the files beside them. */
const VITE_DEPENDENCIES = /\/(?:node_modules\/)?\.vite\/deps[^/]*\//;

/**
 * Returns the address under which a file beside the engine's worker is served. It differs from `address` only where
 * Vite's dev server has moved the code and not the file.
 */
export function beside(address: URL): URL {
  const [before, file] = address.href.split(VITE_DEPENDENCIES);
  return file === undefined ? address : new URL(`${before}/node_modules/gpt-elements/dist/engine/${file}`);
}
