/** A download that failed. The message is for readers and says what to do. */
export class DownloadError extends Error {
  override name = 'DownloadError';
}

/** Nothing was answered at all. */
export class UnreachableError extends DownloadError {}
