import { createRequire } from 'node:module';
import type Koffi from 'koffi';

/** Where a buffer's bytes are in memory. The buffer must not be a slice of Node's shared pool that could move: none is moved. */
let koffi: typeof Koffi | undefined;

export function loadKoffi(): typeof Koffi {
  koffi ??= createRequire(import.meta.url)('koffi') as typeof Koffi;
  return koffi;
}

/** As a number: user space ends at 2^47, well within what a number holds exactly. */
export const addressOf = (bytes: Uint8Array): number => Number(loadKoffi().address(bytes));
