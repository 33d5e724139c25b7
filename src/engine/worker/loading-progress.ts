/** Told how far a model is from being loaded. `total` is 0 where it is not known. */
export type LoadingProgress = (message: string, done: number, total: number) => void;
