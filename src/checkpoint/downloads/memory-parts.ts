import type {PartFolder} from './store.js';

/** Parts of a file in memory, for a browser that gives the page no storage. They are gone when the page is. */
export function memoryParts(): PartFolder {
  const parts = new Map<number, Blob>();
  return {
    size: async (index) => parts.get(index)?.size ?? 0,
    write: async (index, bytes) => void parts.set(index, new Blob([bytes])),
    blob: async (index) => parts.get(index) ?? new Blob(),
  };
}
