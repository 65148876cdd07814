import { formatHttpDate, parseHttpDate } from './http-date.ts';
import type { RequestHead } from './request-head.ts';

/** Conditional requests (RFC 9110 section 13): newer EDK II resumes a broken download with them. Pure. */

/** What tells one version of a file from another. */
export interface Validators {
  /** Strong, with its quotes. */
  readonly entityTag: string;
  readonly modifiedAtMs?: number | undefined;
}

export type Verdict = 'proceed' | 'not-modified' | 'precondition-failed';

/** Order of RFC 9110 section 13.2.2: a tag, where there is one, outweighs a date. */
export function evaluateConditions(head: RequestHead, file: Validators): Verdict {
  const ifMatch = head.header('if-match');
  const ifUnmodifiedSince = head.header('if-unmodified-since');
  if (ifMatch !== undefined) {
    if (!listsTag(ifMatch, file.entityTag, 'strong')) return 'precondition-failed';
  } else if (modifiedAfter(file, ifUnmodifiedSince) === true) {
    return 'precondition-failed';
  }

  const ifNoneMatch = head.header('if-none-match');
  if (ifNoneMatch !== undefined) return listsTag(ifNoneMatch, file.entityTag, 'weak') ? 'not-modified' : 'proceed';
  return modifiedAfter(file, head.header('if-modified-since')) === false ? 'not-modified' : 'proceed';
}

/** Whether the range may be served: without If-Range, or where it names this very version. */
export function rangeHolds(ifRange: string | undefined, file: Validators): boolean {
  if (ifRange === undefined) return true;
  const validator = ifRange.trim();
  if (validator.startsWith('"')) return validator === file.entityTag;
  // A weak tag (W/"…") is no date either, and never good enough for a range (RFC 9110 section 13.1.5).
  return file.modifiedAtMs !== undefined && validator === formatHttpDate(file.modifiedAtMs);
}

function listsTag(header: string, entityTag: string, comparison: 'strong' | 'weak'): boolean {
  if (header.trim() === '*') return true;
  // Tags may hold commas, so the list is matched and not split.
  for (const [, weak, tag] of header.matchAll(/(W\/)?("[^"]*")/g)) {
    if (tag === entityTag && (comparison === 'weak' || weak === undefined)) return true;
  }
  return false;
}

/** Undefined where it cannot be told; HTTP dates have whole seconds, so the file's are cut to them. */
function modifiedAfter(file: Validators, date: string | undefined): boolean | undefined {
  const sinceMs = date === undefined ? undefined : parseHttpDate(date.trim());
  if (sinceMs === undefined || file.modifiedAtMs === undefined) return undefined;
  return Math.floor(file.modifiedAtMs / 1000) * 1000 > sinceMs;
}
