/** A file that is no zip file, is damaged, or tries to do harm. The message is for readers. */
export class ZipError extends Error {
  override name = 'ZipError';
}
