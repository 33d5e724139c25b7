// Written by scripts/snippets.mjs from the regions in the source. Do not edit.
export const SNIPPETS = {

} as const satisfies Record<string, {file: string; code: string}>;

export type SnippetName = keyof typeof SNIPPETS;
