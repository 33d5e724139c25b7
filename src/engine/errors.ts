import type {EngineErrorFact} from './protocol.js';

export type EngineErrorCode = EngineErrorFact['code'];

/** Every error that the engine throws: a code for programs, a sentence for readers. */
export class EngineError extends Error {
  override name = 'EngineError';
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  static fromFact({code, message}: EngineErrorFact): EngineError {
    return new EngineError(code, message);
  }
}

/** Errors of other rooms, by their class names: these rooms know nothing of the engine's codes. */
const CODES: Record<string, EngineErrorCode> = {
  CorpusError: 'corpus',
  ConfigError: 'config',
  UnknownTokenError: 'token',
  TokenizerSpecError: 'config',
  TokensError: 'token',
  TextError: 'token',
  InterventionError: 'config',
  SamplingError: 'config',
  WeightsError: 'config',
  SafetensorsError: 'weights',
  HuggingFaceError: 'weights',
  ZipError: 'weights',
  SourceError: 'weights',
  DownloadError: 'weights',
  SessionError: 'corpus',
  StepError: 'internal',
  MemoryError: 'memory',
  NumericError: 'numeric',
  StorageError: 'storage',
  DeviceLostError: 'device-lost',
  AbortError: 'canceled',
};

/** What crosses to the page: a plain object (error classes and their fields do not survive `postMessage`). */
export function toErrorFact(error: unknown, fallback: EngineErrorCode = 'internal'): EngineErrorFact {
  if (error instanceof EngineError) return {code: error.code, message: error.message};
  if (error instanceof Error) return {code: CODES[error.name] ?? fallback, message: error.message};
  return {code: fallback, message: String(error)};
}

const REFUSALS: ReadonlySet<EngineErrorCode> = new Set([
  'not-open',
  'config',
  'token',
  'corpus',
  'weights',
  'memory',
  'storage',
]);

/**
 * Whether an error says what is wrong with a request, or that it was canceled, so that a lost device cannot be its cause. WebGPU rejects
 * with an `AbortError` when a device is lost: `canceled` and `device-lost` count only as the engine's own errors.
 */
export function isRefusal(error: unknown): boolean {
  const {code} = toErrorFact(error);
  return (
    REFUSALS.has(code) || (error instanceof EngineError && (code === 'canceled' || code === 'device-lost'))
  );
}

/** The same as an error to throw. */
export function toEngineError(error: unknown, fallback: EngineErrorCode = 'internal'): EngineError {
  return error instanceof EngineError ? error : EngineError.fromFact(toErrorFact(error, fallback));
}

export const canceled = (): EngineError => new EngineError('canceled', 'The request was canceled.');
