import { closeSync, constants, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Koffi from 'koffi';
import { codeOf } from './images/write-error.ts';

/**
 * A lock on a file that ends with the process which holds it, however that ends: nothing is left behind that a later start would
 * have to judge. Node offers none: on Unix it is flock(2) by way of koffi, on Windows a file that nobody else may open.
 */

const LOCK_EX = 2;
const LOCK_NB = 4;
/** libuv's UV_FS_O_EXLOCK, which Node passes on and does not name. */
const OPENED_ALONE = 0x10000000;

/** The descriptor of the locked file, made where it is not there; undefined where somebody holds it. Errors: those of opening. */
export function openLocked(path: string): number | undefined {
  return process.platform === 'win32' ? openAlone(path) : openWithFlock(path);
}

function openWithFlock(path: string): number | undefined {
  const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi;
  const flock = koffi.load(null).func('int flock(int fd, int operation)') as (fd: number, operation: number) => number;
  const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
  const isHeld = flock(descriptor, LOCK_EX | LOCK_NB) !== 0 && koffi.errno() === koffi.os.errno['EAGAIN'];
  // Some network file systems have no locks: there nothing can be kept apart, and a start is better than none.
  if (!isHeld) return descriptor;
  closeSync(descriptor);
  return undefined;
}

function openAlone(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDWR | constants.O_CREAT | OPENED_ALONE);
  } catch (error) {
    if (codeOf(error) === 'EBUSY') return undefined;
    throw error;
  }
}
