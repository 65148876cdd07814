import { randomBytes, timingSafeEqual } from 'node:crypto';

/** 128 bits that nobody guesses, safe in a URL and in a WebSocket's list of protocols. */
export const newToken = (): string => randomBytes(16).toString('base64url');

/** Compares in a time that tells nothing about where two tokens differ. */
export function sameToken(given: string, expected: string): boolean {
  const a = Buffer.from(given.slice(0, 128));
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
