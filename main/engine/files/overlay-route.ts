import { StationError } from '../../contract/errors.ts';
import { type OverlayFile, overlaidFile } from './initrd-overlay.ts';
import { claimFirst, type FileRequest, type Route } from './route.ts';

/**
 * Serves initial RAM disks with files added. `overlayOf` says what is added to what a client asks for (undefined: nothing, which leaves
 * the path to the next routes); the original comes from `originals`. TFTP and HTTP alike.
 * Claiming rejects with E_OVERLAY_IMPOSSIBLE for files that no archive can hold.
 */
export function overlayRoute(
  originals: readonly Route[],
  overlayOf: (request: FileRequest) => Promise<readonly OverlayFile[] | undefined>,
): Route {
  return {
    name: 'overlay',
    async claim(request) {
      const overlay = await overlayOf(request);
      if (overlay === undefined || overlay.length === 0) return undefined;
      const original = await claimFirst(originals, request);
      if (original === undefined) return undefined;
      try {
        return overlaidFile(original, overlay);
      } catch (thrown) {
        await original.close();
        if (!(thrown instanceof RangeError)) throw thrown;
        throw new StationError(
          'E_OVERLAY_IMPOSSIBLE',
          { file: request.path, reason: thrown.message },
          { cause: thrown },
        );
      }
    },
  };
}
