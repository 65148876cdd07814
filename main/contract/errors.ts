import { type Catalogued, errorCatalogue } from './error-catalogue.ts';

export type ErrorCode = keyof typeof errorCatalogue;

/** The facts an error of this code is about. */
export type ErrorData<Code extends ErrorCode> = Parameters<(typeof errorCatalogue)[Code]['title']>[0];

/** What crosses a wire or is printed by `--json`. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly title: string;
  readonly advice: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An error a person can act on. Anything else that is thrown is a defect. */
export class StationError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly data: ErrorData<Code>;

  constructor(code: Code, data: ErrorData<Code>, options?: { cause?: unknown }) {
    super(titleOf(code, data), options);
    this.name = 'StationError';
    this.code = code;
    this.data = data;
  }

  get title(): string {
    return this.message;
  }

  get advice(): string {
    return voice(this.code).advice(this.data);
  }

  /** The advice for whoever typed a command. */
  get commandLineAdvice(): string {
    return voice(this.code).commandLineAdvice?.(this.data) ?? this.advice;
  }

  get exitCode(): 1 | 2 | 3 {
    return errorCatalogue[this.code].exitCode;
  }

  toReport(reader: 'screen' | 'command line' = 'screen'): ErrorReport {
    const advice = reader === 'screen' ? this.advice : this.commandLineAdvice;
    return { code: this.code, title: this.title, advice, data: { ...(this.data as object) } };
  }
}

// The catalogue's functions take the data of their own code; the pairing is kept by the constructor's types, which
// TypeScript cannot carry through an indexed union.
const voice = (code: ErrorCode): Catalogued<unknown> => errorCatalogue[code] as Catalogued<unknown>;
const titleOf = (code: ErrorCode, data: unknown): string => voice(code).title(data);

/** Any thrown value as a StationError: itself, or E_INTERNAL with the original kept as its cause. */
export function toStationError(thrown: unknown): StationError {
  if (thrown instanceof StationError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new StationError('E_INTERNAL', { detail }, { cause: thrown });
}
