import { StationError, toStationError } from '../../contract/errors.ts';

/** Runs what writes at `path`; errors of the disk come out as what they mean for the person. */
export async function withWriteErrors<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (thrown) {
    throw asWriteError(path, thrown);
  }
}

/** For what was thrown where nobody waits for it: an error that can be told. */
export const asStationError = (path: string, thrown: unknown): StationError =>
  toStationError(asWriteError(path, thrown));

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission',
  EPERM: 'this user has no permission',
  EROFS: 'it is on a read-only disk',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'something else has that name',
  ENOENT: 'the folder went away',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'the path is a circle of symbolic links',
  EIO: 'the disk reports an error',
  EBUSY: 'another program is using it',
};

function asWriteError(path: string, thrown: unknown): unknown {
  const code = codeOf(thrown);
  if (code === undefined) return thrown;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StationError('E_DISK_FULL', { path }, { cause: thrown });
  const reason = reasons[code];
  return reason === undefined ? thrown : new StationError('E_OUTPUT_NOT_WRITABLE', { path, reason }, { cause: thrown });
}

/** `ENOSPC` and the like; undefined for what is no error of the system (and for StationErrors, which have said it already). */
export function codeOf(thrown: unknown): string | undefined {
  if (thrown instanceof StationError || !(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
