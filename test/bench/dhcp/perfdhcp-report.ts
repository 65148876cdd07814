/** What perfdhcp prints at its end. Pure. */

export interface PerfdhcpReport {
  /** DISCOVERs that led to an ACK. */
  readonly exchanges: number;
  readonly unansweredPercent: number;
  /** Mean wait for the OFFER and for the ACK together. */
  readonly delayMs: number;
}

/** Errors: an Error with the text where it is no such report. */
export function parsePerfdhcpReport(text: string): PerfdhcpReport {
  const numbers = (pattern: RegExp): number[] => [...text.matchAll(pattern)].map(([, value]) => Number(value));
  const [sent] = numbers(/^sent packets: (\d+)/gm);
  // Offers first, then acknowledgements.
  const [, exchanges] = numbers(/^received packets: (\d+)/gm);
  if (sent === undefined || exchanges === undefined || sent === 0) {
    throw new Error(`perfdhcp gave no report: ${text.trim().slice(-500)}`);
  }
  // A server that never answered has "n/a" there.
  const delayMs = numbers(/^avg delay: ([\d.]+) ms/gm).reduce((sum, delay) => sum + delay, 0);
  return { exchanges, unansweredPercent: (100 * (sent - exchanges)) / sent, delayMs };
}
