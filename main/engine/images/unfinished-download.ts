import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import type { ImageDescription } from '../../contract/image.ts';

/** Signs that a download has not finished, beside what the image says of its own size. They are hints only: a name proves nothing. */

/** How programs call a file that they still write to. */
const unfinishedName = /\.(part|partial|crdownload|download|opdownload|!ut|!qb|unfinished)$/i;

/** What a program leaves beside a file, and what it means. */
const companions: readonly { readonly suffix: string; readonly words: string }[] = [
  { suffix: '.aria2', words: 'as aria2 leaves it beside a file that it has not finished' },
  { suffix: '.part', words: 'as browsers, wget and zsync keep what they have not finished' },
  { suffix: '.crdownload', words: 'as Chromium keeps what it has not finished' },
  { suffix: '.zs-old', words: 'as zsync leaves it, which was at work on this file' },
];

/** A sentence; undefined where nothing points to an unfinished download. */
export async function unfinishedDownload(path: string): Promise<string | undefined> {
  const name = basename(path);
  if (unfinishedName.test(name)) return `Its name, ${name}, is one of a download that has not finished.`;
  for (const { suffix, words } of companions) {
    const isThere = await stat(path + suffix).then((found) => found.isFile()).catch(() => false); // prettier-ignore
    if (isThere) return `${name}${suffix} lies beside it, ${words}.`;
  }
  return undefined;
}

/** The description with the hint among its warnings. */
export async function withDownloadHint(path: string, description: ImageDescription): Promise<ImageDescription> {
  const hint = await unfinishedDownload(path);
  if (hint === undefined) return description;
  const warning = `The download may not have finished. ${hint} Compare its SHA-256 before you rely on it.`;
  return { ...description, warnings: [...description.warnings, warning] };
}

/** What opening rejected with; an image that is cut short is told with the hint. */
export async function explainDamage(path: string, thrown: unknown): Promise<unknown> {
  if (!(thrown instanceof StationError)) return thrown;
  const hint = await unfinishedDownload(path);
  if (hint === undefined) return thrown;
  switch (thrown.code) {
    case 'E_IMAGE_TRUNCATED':
      return new StationError('E_IMAGE_TRUNCATED', { ...(thrown as StationError<'E_IMAGE_TRUNCATED'>).data, hint });
    case 'E_IMAGE_DAMAGED':
      return new StationError('E_IMAGE_DAMAGED', { ...(thrown as StationError<'E_IMAGE_DAMAGED'>).data, hint });
    case 'E_NOT_AN_ISO':
      return new StationError('E_NOT_AN_ISO', { ...(thrown as StationError<'E_NOT_AN_ISO'>).data, hint });
    default:
      return thrown;
  }
}
