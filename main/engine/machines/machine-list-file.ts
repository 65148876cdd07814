import { readFile, stat } from 'node:fs/promises';
import { StationError } from '../../contract/errors.ts';
import type { MachineList } from '../../contract/machines.ts';
import { decodeText } from './decode-text.ts';
import { readMachineList } from './machine-list.ts';

export const largestMachineListBytes = 2_000_000;

/** Reads a list of machines. Errors: E_MACHINE_LIST where it cannot be read, is too large, or has no machine in it. */
export async function readMachineListFile(path: string): Promise<MachineList> {
  return usableList(await readBytes(path), path);
}

/** The same of bytes that came over a wire. */
export function usableList(bytes: Uint8Array, name: string): MachineList {
  if (bytes.length > largestMachineListBytes) throw tooLarge(name);
  const list = readMachineList(decodeText(bytes));
  const [first] = list.problems;
  if (list.machines.length === 0) {
    const problem = first === undefined ? 'it names no machine' : `line ${first.line}: ${first.reason}`;
    throw new StationError('E_MACHINE_LIST', { name, problem });
  }
  return list;
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    // Asked first: a device or a disk image must not be read into memory.
    const { size } = await stat(path);
    if (size > largestMachineListBytes) throw tooLarge(path);
    return await readFile(path);
  } catch (error) {
    if (error instanceof StationError) throw error;
    throw new StationError('E_MACHINE_LIST', { name: path, problem: whyNotReadable(error) }, { cause: error });
  }
}

function whyNotReadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'EACCES' ? 'it may not be read' : message;
}

const tooLarge = (name: string): StationError =>
  new StationError('E_MACHINE_LIST', { name, problem: `it is larger than ${largestMachineListBytes / 1e6} MB` });
