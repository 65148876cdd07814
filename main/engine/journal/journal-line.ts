import { z } from 'zod';
import { type EngineEvent, engineEventSchema } from '../../contract/events.ts';

/**
 * Lines of a journal: one JSON object each. The first line of every segment says what the file is, and holds the state in which the
 * segment begins; each other line is an event, as it was told.
 */

export const JOURNAL_VERSION = 1;

/** Longer lines are nothing that this program wrote. */
export const MOST_LINE_CHARACTERS = 64 * 1024;

const headSchema = z.object({
  /** Version of the format: a higher one cannot be read, whatever else the line says. */
  journal: z.int().positive(),
  sessionId: z.string(),
  /** Counts from 1; a segment that is missing between two is told by it. */
  segment: z.int().positive(),
  /** Events before this segment, those of segments that are gone included. */
  eventsBefore: z.int().nonnegative(),
  /** What the events before this segment came to; absent in the first. */
  state: z.unknown().optional(),
});
export type SegmentHead = z.infer<typeof headSchema>;

export type JournalLine =
  | { readonly kind: 'event'; readonly event: EngineEvent }
  /** So many events could not be written: the disk was full. */
  | { readonly kind: 'gap'; readonly lostEvents: number };

const gapSchema = z.object({ lostEvents: z.int().positive() });

export const formatHead = (head: SegmentHead): string => `${JSON.stringify(head)}\n`;
export const formatEvent = (event: EngineEvent): string => `${JSON.stringify(event)}\n`;
export const formatGap = (lostEvents: number): string => `${JSON.stringify({ lostEvents })}\n`;

export function parseHead(line: string): SegmentHead | undefined {
  const parsed = headSchema.safeParse(parseJson(line));
  return parsed.success ? parsed.data : undefined;
}

/** Undefined for a line that is none: cut short, overwritten, or of an event that this version does not know. */
export function parseLine(line: string): JournalLine | undefined {
  if (line.length > MOST_LINE_CHARACTERS) return undefined;
  const value = parseJson(line);
  const event = engineEventSchema.safeParse(value);
  if (event.success) return { kind: 'event', event: event.data };
  const gap = gapSchema.safeParse(value);
  return gap.success ? { kind: 'gap', lostEvents: gap.data.lostEvents } : undefined;
}

/**
 * False for what is measured again and again and replaced by the next measure: a journal of eight hours would consist of it. How
 * much a transfer carried is told when it ends.
 */
export const isJournaled = (event: EngineEvent): boolean => event.type !== 'transfer.progress';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
