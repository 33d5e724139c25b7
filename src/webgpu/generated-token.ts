/** What drawing a token gives. A file without WebGPU types: programs that import only types of the trainer need none. */
interface TokenProbability {
  id: number;
  /** Among the tokens that were eligible. */
  probability: number;
}

export interface GeneratedToken extends TokenProbability {
  /** The likeliest of the eligible tokens at this position, likeliest first. */
  candidates: TokenProbability[];
}
