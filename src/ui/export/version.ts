// Written by scripts/generate.mjs. Do not edit.
export const VERSION = '0.1.0';
