import type { ImageDescription } from '../../contract/image.ts';
import type { PreflightCheck } from '../../contract/session.ts';
import { imageFit } from '../fit/image-fit.ts';
import { passed, warning } from './check-results.ts';
import type { PreflightDraft } from './facts.ts';

/** A machine alone, and a full bench. */
const BENCH_SIZES = [1, 10];

/** What the chosen entry asks of the machines, so that nobody finds it out at the bench. Empty where there is no such entry. Pure. */
export function machinesCheck(
  draft: PreflightDraft,
  image: ImageDescription,
  linkMbps: number | undefined,
): PreflightCheck[] {
  const wanted = draft.entryId ?? image.defaultEntryId;
  const entry = image.entries.find(({ id }) => id === wanted);
  if (entry === undefined) return [];
  // What it boots on is a check of its own.
  const statements = imageFit(image, entry, { linkMbps, machines: BENCH_SIZES }).filter(
    ({ about }) => about !== 'firmware',
  );
  if (statements.length === 0) return [];
  const detail = statements.map(({ sentence }) => sentence).join(' ');
  return [statements.some(({ isWarning }) => isWarning) ? warning('machines', detail) : passed('machines', detail)];
}
