import type {CheckpointFile} from '../../state/index.js';

/** Of a folder that was dropped; more are no model. */
const MOST_FILES = 500;

/** Returns files that were picked, by their paths in the folder that was picked. */
export const filesOf = (list: Iterable<File>): CheckpointFile[] =>
  [...list].map((file) => ({path: file.webkitRelativePath || file.name, blob: file}));

/** Returns files that were dropped; those of folders too. Must be called while the event is handled. */
export async function droppedFiles({items, files}: DataTransfer): Promise<CheckpointFile[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => !!entry);
  if (entries.length === 0) return filesOf(files);
  const found: CheckpointFile[] = [];
  for (const entry of entries) await collect(entry, found);
  return found;
}

async function collect(entry: FileSystemEntry, found: CheckpointFile[]): Promise<void> {
  if (found.length >= MOST_FILES) return;
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const blob = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    found.push({path, blob});
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const children = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (children.length === 0) return; // they come a hundred at a time
    for (const child of children) await collect(child, found);
  }
}
