/** Addresses within the site, under whatever folder it is served from. */

const base = import.meta.env.BASE_URL.replace(/\/*$/, '/');

/** at('learn/training/') → “/some/folder/learn/training/”. */
export const at = (path = ''): string => base + path;
