/** Counters since the server started. */
export interface TftpStatistics {
  readonly activeTransfers: number;
  readonly requests: number;
  readonly complete: number;
  /** The client wanted only the size. */
  readonly probe: number;
  readonly aborted: number;
  readonly failed: number;
  readonly missing: number;
  /** Requests that were answered by an error: refused paths, writes, unknown modes. */
  readonly refused: number;
  /** Packets that are not TFTP, or have no business at the request port. */
  readonly malformed: number;
  /** Packets of peers that are not in the interface's subnet: not answered. */
  readonly offSubnet: number;
  /** Requests beyond a limit: not answered. */
  readonly overLimit: number;
  /** Packets to a transfer's port from somebody else. */
  readonly strangers: number;
}

export type StatisticsCounters = { -readonly [Name in keyof TftpStatistics]: TftpStatistics[Name] };

export const zeroStatistics = (): StatisticsCounters => ({
  activeTransfers: 0,
  requests: 0,
  complete: 0,
  probe: 0,
  aborted: 0,
  failed: 0,
  missing: 0,
  refused: 0,
  malformed: 0,
  offSubnet: 0,
  overLimit: 0,
  strangers: 0,
});
