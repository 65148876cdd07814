import { normalizeRequestPath } from '../files/request-path.ts';
import { parseRequestTarget } from './request-target.ts';
import { type Header, planMessage, type ResponsePlan } from './response-plan.ts';

/** What a request means, before any file is looked for. Pure. */

export interface ReceivedRequest {
  readonly method: string;
  /** As it stands in the request line. */
  readonly target: string;
  readonly httpVersion: string;
  readonly hasBody: boolean;
}

export type Interpretation =
  | { readonly kind: 'file'; readonly path: string; readonly query: URLSearchParams }
  /** `path` and `reason` are fit for a log. */
  | { readonly kind: 'refused'; readonly path: string; readonly reason: string; readonly answer: ResponsePlan };

// The rest of the connection cannot be trusted to be requests: it may be the body of this one.
const CLOSE: Header = ['Connection', 'close'];

export function interpretRequest({ method, target, httpVersion, hasBody }: ReceivedRequest): Interpretation {
  const refused = (reason: string, answer: ResponsePlan): Interpretation => ({
    kind: 'refused',
    path: printable(parsed?.path ?? target),
    reason,
    answer,
  });
  const parsed = parseRequestTarget(target);
  if (parsed === undefined) return refused('no valid path', planMessage(400, [CLOSE]));
  if (!httpVersion.startsWith('1.')) return refused(`HTTP version ${httpVersion}`, planMessage(400, [CLOSE]));
  if (method !== 'GET' && method !== 'HEAD') {
    return refused(`method ${method}`, planMessage(405, [['Allow', 'GET, HEAD'], CLOSE]));
  }
  if (hasBody) return refused('a body where none belongs', planMessage(400, [CLOSE]));
  const path = normalizeRequestPath(parsed.path);
  // Not 400: iPXE and GRUB go on to their next choice after 404 only.
  if (path === undefined)
    return refused('a path that leads out of the tree or that no file can have', planMessage(404));
  return { kind: 'file', path, query: parsed.query };
}

const MAX_TOLD_CHARACTERS = 200;

/** What a stranger wrote, short and with nothing in it that a terminal would obey. */
const printable = (text: string): string => text.slice(0, MAX_TOLD_CHARACTERS).replaceAll(/[^\x20-\x7e]/g, '?');
