import { createReadStream } from 'node:fs';
import { StationError } from '../../contract/errors.ts';
import type { EngineEvent } from '../../contract/events.ts';
import { listSegments, type Segment } from './journal-folder.ts';
import { JOURNAL_VERSION, MOST_LINE_CHARACTERS, parseHead, parseLine, type SegmentHead } from './journal-line.ts';

/** A state that events make, and how it is kept where a journal grew too long to keep its beginning. */
export interface Fold<State> {
  readonly empty: () => State;
  readonly apply: (state: State, event: EngineEvent) => void;
  /** Plain data for JSON. */
  readonly save: (state: State) => unknown;
  /** Undefined where the data is not what `save` gives. */
  readonly load: (data: unknown) => State | undefined;
}

export interface Replay<State> {
  readonly state: State;
  readonly eventCount: number;
  /** Lines that were none: a tail cut short by a power failure, or damage. */
  readonly brokenLines: number;
  /** Events that could not be written when they happened. */
  readonly lostEvents: number;
  readonly segments: readonly Segment[];
  /** Of the newest segment; undefined for a journal that does not exist yet. */
  readonly head: SegmentHead | undefined;
}

/**
 * Reads a journal from its oldest segment on. What is broken is skipped and counted, wherever it stands.
 *
 * Errors: E_JOURNAL_NEWER for one that a newer version wrote; those of the file system.
 */
export async function replayJournal<State>(folder: string, fold: Fold<State>): Promise<Replay<State>> {
  const segments = await listSegments(folder);
  let state = fold.empty();
  let head: SegmentHead | undefined;
  let eventCount = 0;
  let brokenLines = 0;
  let lostEvents = 0;
  for (const [index, { path }] of segments.entries()) {
    let isFirstLine = true;
    for await (const line of linesOf(path)) {
      const asHead = isFirstLine ? parseHead(line) : undefined;
      isFirstLine = false;
      if (asHead !== undefined) {
        if (asHead.journal > JOURNAL_VERSION) throw new StationError('E_JOURNAL_NEWER', { path });
        head = asHead;
        // Later segments go on where the one before them ended: their state is what we have already.
        if (index === 0) {
          eventCount = asHead.eventsBefore;
          state = fold.load(asHead.state) ?? state;
        }
        continue;
      }
      const parsed = parseLine(line);
      if (parsed === undefined) {
        if (line !== '') brokenLines += 1;
      } else if (parsed.kind === 'gap') {
        lostEvents += parsed.lostEvents;
      } else {
        eventCount += 1;
        fold.apply(state, parsed.event);
      }
    }
  }
  return { state, eventCount, brokenLines, lostEvents, segments, head };
}

/** A segment whose first line holds a state of 4,096 clients is the longest line that there can be. */
const MOST_HEAD_CHARACTERS = 32 * 1024 * 1024;

/** Lines without their ends; of one that is too long only so much that it will not be understood. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  let most = MOST_HEAD_CHARACTERS;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
    const pieces = `${rest}${String(chunk)}`.split('\n');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      yield piece;
      most = MOST_LINE_CHARACTERS;
    }
    if (rest.length > most) rest = rest.slice(0, most + 1);
  }
  if (rest !== '') yield rest;
}
