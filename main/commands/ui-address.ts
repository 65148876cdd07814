import { StationError } from '../contract/errors.ts';

export interface UiAddress {
  readonly host: string;
  readonly port: number;
}

export const standardUiAddress: UiAddress = { host: '127.0.0.1', port: 8460 };

/**
 * "HOST:PORT" of the user interface in a browser; `off` is undefined. Only this computer's own loopback is taken: others look through the
 * read-only address. Errors: E_USAGE.
 */
export function parseUiAddress(text: string): UiAddress | undefined {
  if (text === 'off') return undefined;
  const match = /^(127\.0\.0\.1|localhost):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port > 65_535) {
    throw new StationError('E_USAGE', { problem: `--ui takes 127.0.0.1:PORT or "off", not "${text}".` });
  }
  return { host: '127.0.0.1', port };
}
