/** Where weights come from, as plain data that crosses to the worker. */

/** A file by its path in the folder or zip that it comes from. */
export interface CheckpointFile {
  path: string;
  blob: Blob;
}

/** A saved checkpoint, a Hugging Face folder or a zip file of one. */
export type CheckpointSpec =
  /** Files that the reader chose. `id` tells them from others: two specs with the same id have the same files. */
  | {kind: 'files'; id: string; files: CheckpointFile[]}
  /** The address of one file (.safetensors or .zip), or of a folder. */
  | {kind: 'url'; url: string}
  /** A repository on a server with the addresses of Hugging Face's hub, which is the default. */
  | {kind: 'hub'; repo: string; revision?: string; base?: string};

/** Returns a spec of files that the reader chose. The same files give the same id, also after a reload. */
export function filesSpec(files: readonly CheckpointFile[]): CheckpointSpec {
  const id = files
    .map(({path, blob}) => `${path}:${blob.size}:${blob instanceof File ? blob.lastModified : 0}`)
    .sort()
    .join(' ');
  return {kind: 'files', id, files: [...files]};
}

/** Returns what weights are called before they are loaded: a file's name, an address or a repository. */
export function checkpointName(spec: CheckpointSpec): string {
  switch (spec.kind) {
    case 'files':
      return filesName(spec.files);
    case 'url':
      return spec.url;
    case 'hub':
      return spec.repo;
  }
}

/** One file is called by its path, several by the folder that all of them lie in, else by the first of them. */
function filesName([first, ...rest]: readonly CheckpointFile[]): string {
  if (!first) return 'no files';
  if (rest.length === 0) return first.path;
  const folder = /^[^/]+\//.exec(first.path)?.[0];
  if (folder && rest.every(({path}) => path.startsWith(folder)))
    return `the folder ${folder.slice(0, -1)} (${rest.length + 1} files)`;
  return `${first.path} and ${rest.length} more ${rest.length === 1 ? 'file' : 'files'}`;
}
