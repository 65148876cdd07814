import { StationError } from '../../contract/errors.ts';
import type { ImageDescription } from '../../contract/image.ts';
import type { PreflightCheck, SessionDraft } from '../../contract/session.ts';
import type { LibraryImage } from '../../contract/state.ts';
import { isReady, preflightChecks } from './checks.ts';
import { gatherFacts, type PreflightPlaces } from './gather.ts';
import { describeImage } from '../images/describe-image.ts';

/** Checks a draft of the user interface against the library that it chose from. */
export async function preflight(
  draft: SessionDraft,
  places: PreflightPlaces & { readonly images: readonly LibraryImage[] },
): Promise<{ checks: PreflightCheck[]; ready: boolean }> {
  const gathered = await gatherFacts(draft, places, () => chosenImage(draft.imageId, places));
  const { checksum, signature } = places.images.find(({ id }) => id === draft.imageId) ?? {};
  const checks = preflightChecks(draft, { ...gathered, checksum, signature });
  return { checks, ready: isReady(checks) };
}

/** Errors: E_IMAGE_NOT_FOUND, E_IMAGE_CHANGED where another image stands at its path now, those of opening and recognising. */
async function chosenImage(
  imageId: string,
  { images, dataFolder }: { readonly images: readonly LibraryImage[]; readonly dataFolder: string },
): Promise<ImageDescription> {
  const chosen = images.find(({ id }) => id === imageId);
  if (chosen === undefined) throw new StationError('E_IMAGE_NOT_FOUND', { path: imageId });
  const now = await describeImage(chosen.path, dataFolder);
  // The id is made of the content.
  if (now.id !== chosen.id || now.sizeBytes !== chosen.sizeBytes) {
    throw new StationError('E_IMAGE_CHANGED', { path: chosen.path, detail: 'it is another image than was added' });
  }
  return now;
}
