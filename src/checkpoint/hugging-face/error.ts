/** A folder of Hugging Face that cannot be loaded, or a model that cannot be written as one. The message is for readers. */
export class HuggingFaceError extends Error {
  override name = 'HuggingFaceError';
}
