import type { StationError } from '../../contract/errors.ts';
import type { EngineEvent } from '../../contract/events.ts';
import { asStationError, withWriteErrors } from '../images/write-error.ts';
import { syncFolder } from '../sync-folder.ts';
import { dropOldSegments, type Segment, segmentPath } from './journal-folder.ts';
import { formatEvent, isJournaled, JOURNAL_VERSION } from './journal-line.ts';
import { PendingLines } from './pending-lines.ts';
import { SegmentFile, type WriteBytes } from './segment-file.ts';

export interface JournalLimits {
  readonly segmentBytes: number;
  readonly totalBytes: number;
  /** What is kept in memory while the disk takes nothing. */
  readonly pendingBytes: number;
  /** How long after a failure writing is tried again. */
  readonly retryMs: number;
}

export const standardJournalLimits: JournalLimits = {
  segmentBytes: 16 * 1024 * 1024,
  totalBytes: 64 * 1024 * 1024,
  pendingBytes: 1024 * 1024,
  retryMs: 1000,
};

export interface JournalOptions {
  readonly folder: string;
  readonly sessionId: string;
  /** What a replay found: the journal goes on behind it. */
  readonly before: { readonly segments: readonly Segment[]; readonly eventCount: number };
  /** What all events so far came to, the one being appended included, as plain data: every segment begins with it. */
  readonly saveState: () => unknown;
  /** Milliseconds of a clock that nobody sets. */
  readonly now: () => number;
  /** Told once when writing fails, and undefined when it works again. */
  readonly onTrouble: (error: StationError | undefined) => void;
  readonly limits?: JournalLimits | undefined;
  readonly write?: WriteBytes | undefined;
}

/**
 * Opens a new segment behind what is there: a tail that was cut short is never written on.
 *
 * Errors: E_DISK_FULL, E_OUTPUT_NOT_WRITABLE.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  return withWriteErrors(options.folder, async () => {
    const journal = new Journal(options);
    await syncFolder(options.folder);
    await journal.dropOld();
    return journal;
  });
}

/**
 * An append-only record of a session. When `append` returns, the operating system has the event: it outlives the end of this
 * process, however sudden. That is why writing does not wait for its turn in the event loop; the lines are short, and cost some
 * microseconds.
 */
export class Journal implements AsyncDisposable {
  readonly #options: JournalOptions;
  readonly #limits: JournalLimits;
  readonly #pending: PendingLines;
  #older: readonly Segment[];
  #current: SegmentFile;
  #eventCount: number;
  #failedAtMs: number | undefined;
  #closing: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** Throws what the file system throws. */
  constructor(options: JournalOptions) {
    this.#options = options;
    this.#limits = options.limits ?? standardJournalLimits;
    this.#pending = new PendingLines(this.#limits.pendingBytes);
    this.#older = options.before.segments;
    this.#eventCount = options.before.eventCount;
    this.#current = this.#openSegment((this.#older.at(-1)?.number ?? 0) + 1);
  }

  /** Events of the whole session, those before a restart and of segments that are gone included. */
  get eventCount(): number {
    return this.#eventCount;
  }

  append(event: EngineEvent): void {
    if (this.#isClosed || !isJournaled(event)) return;
    this.#eventCount += 1;
    this.#pending.add(formatEvent(event));
    const { now } = this.#options;
    if (this.#failedAtMs !== undefined && now() - this.#failedAtMs < this.#limits.retryMs) return;
    this.#flush();
  }

  /** Resolves when all that was appended before outlasts a power failure. */
  async sync(): Promise<void> {
    this.#flush();
    await this.#current.sync();
  }

  async dropOld(): Promise<void> {
    // The newest may still grow to its full size.
    this.#older = await dropOldSegments(this.#older, this.#limits.totalBytes - this.#limits.segmentBytes);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    this.#flush();
    this.#isClosed = true;
    await this.#closing;
    await this.#current[Symbol.asyncDispose]();
  }

  #flush(): void {
    try {
      while (!this.#pending.isEmpty) this.#pending.taken(this.#current.write(this.#pending.toWrite()));
      if (this.#current.sizeBytes > this.#limits.segmentBytes) this.#turnOver();
    } catch (error) {
      this.#onFailure(error);
      return;
    }
    if (this.#failedAtMs !== undefined) this.#options.onTrouble(undefined);
    this.#failedAtMs = undefined;
  }

  /** Only with nothing pending: the state at the head of a segment is that of all events in those before it. */
  #turnOver(): void {
    const full = this.#current;
    this.#current = this.#openSegment(full.number + 1);
    this.#older = [...this.#older, { number: full.number, path: full.path, sizeBytes: full.sizeBytes }];
    this.#closing = this.#closing
      .then(() => full[Symbol.asyncDispose]())
      .then(() => this.dropOld())
      .catch((error: unknown) => this.#onFailure(error));
  }

  #openSegment(number: number): SegmentFile {
    const { folder, sessionId, saveState, write } = this.#options;
    const state = saveState();
    const head = {
      journal: JOURNAL_VERSION,
      sessionId,
      segment: number,
      eventsBefore: this.#eventCount,
      ...(state === undefined ? {} : { state }),
    };
    return new SegmentFile(segmentPath(folder, number), number, head, write);
  }

  #onFailure(error: unknown): void {
    const isNews = this.#failedAtMs === undefined;
    this.#failedAtMs = this.#options.now();
    if (isNews) this.#options.onTrouble(asStationError(this.#current.path, error));
  }
}
