import type { StationError } from '../../contract/errors.ts';
import { type PreflightCheck, checkTitles } from '../../contract/session.ts';

/** How a check speaks of its result. Pure. */

type CheckId = PreflightCheck['id'];

/** A session can do without these. */
const optional: ReadonlySet<CheckId> = new Set(['disk-space', 'machines']);

type Extras = Pick<PreflightCheck, 'advice' | 'fix'>;

const result = (id: CheckId, state: PreflightCheck['state'], detail: string, extras: Extras = {}): PreflightCheck => ({
  id,
  title: checkTitles[id],
  state,
  detail,
  ...extras,
  required: !optional.has(id),
});

export const passed = (id: CheckId, detail: string): PreflightCheck => result(id, 'passed', detail);

export const warning = (id: CheckId, detail: string, extras?: Extras): PreflightCheck =>
  result(id, 'warning', detail, extras);

export const failed = (id: CheckId, detail: string, extras?: Extras): PreflightCheck =>
  result(id, 'failed', detail, extras);

/** A failure in the two voices of an error. */
export const failedBy = (id: CheckId, { title, advice }: StationError, fix?: PreflightCheck['fix']): PreflightCheck =>
  failed(id, title, { advice, ...(fix === undefined ? {} : { fix }) });
