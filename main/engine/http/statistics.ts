/** Counts since the server started. */
export interface HttpStatistics {
  readonly openConnections: number;
  readonly acceptedConnections: number;
  /** Peers of another subnet, and connections past the limits. */
  readonly refusedConnections: number;
  readonly requests: number;
  /** Not HTTP, not allowed, or leading out of the tree. */
  readonly badRequests: number;
  readonly missingFiles: number;
  /** The client hung up before the end. */
  readonly abortedAnswers: number;
  /** The file could not be read. */
  readonly failedAnswers: number;
  /** Bytes of files, without heads. */
  readonly sentBytes: number;
}

export type HttpCounters = { -readonly [Name in keyof HttpStatistics]: number };

export const newHttpCounters = (): HttpCounters => ({
  openConnections: 0,
  acceptedConnections: 0,
  refusedConnections: 0,
  requests: 0,
  badRequests: 0,
  missingFiles: 0,
  abortedAnswers: 0,
  failedAnswers: 0,
  sentBytes: 0,
});
