import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { StationError } from '../../contract/errors.ts';
import { parseCidr } from './ipv4.ts';
import type { ServingAddress } from './serving-address.ts';

const run = promisify(execFile);

/** Where it is written what is to be undone on an interface. A name that is a path, as a screen may send, stays in the folder. */
export const addressNote = (dataFolder: string, interfaceName: string): string =>
  join(dataFolder, `address-${encodeURIComponent(interfaceName)}.json`);

/**
 * Gives an interface an address for the life of a session and takes it away again. What is to be undone is written to
 * `noteFile` first, so that the next start can undo it after a crash or a power loss. Linux, by iproute2.
 *
 * Errors: E_ADDRESS_INVALID, E_ADDRESS_NOT_SET.
 */
export async function assignSessionAddress(
  name: string,
  cidr: string,
  noteFile: string,
): Promise<ServingAddress & AsyncDisposable> {
  const parsed = parseCidr(cidr);
  if (parsed === undefined) throw new StationError('E_ADDRESS_INVALID', { value: cidr, problem: 'it is not CIDR' });
  if (parsed.prefixLength > 30) {
    throw new StationError('E_ADDRESS_INVALID', { value: cidr, problem: 'its subnet has no room for machines' });
  }
  if (process.platform !== 'linux') {
    const reason = `it cannot be set by Fieldboot on ${process.platform} yet`;
    throw new StationError('E_ADDRESS_NOT_SET', { name, address: cidr, reason });
  }
  await mkdir(dirname(noteFile), { recursive: true });
  await writeFile(noteFile, JSON.stringify({ name, cidr }), { flush: true });
  try {
    await run('ip', ['address', 'add', cidr, 'broadcast', '+', 'dev', name]);
  } catch (error) {
    await rm(noteFile, { force: true });
    const reason = failureText(error);
    throw new StationError('E_ADDRESS_NOT_SET', { name, address: cidr, reason }, { cause: error });
  }
  return {
    ...parsed,
    async [Symbol.asyncDispose]() {
      await undoSessionAddress(noteFile);
    },
  };
}

/** Takes away what an earlier session left behind; resolves to what was undone, undefined where there was nothing. */
export async function undoSessionAddress(noteFile: string): Promise<{ name: string; cidr: string } | undefined> {
  const text = await readFile(noteFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const note = parseNote(text);
  if (note !== undefined) {
    // It may be gone already: the adapter was unplugged, or someone removed the address. Either way it is not there.
    await run('ip', ['address', 'del', note.cidr, 'dev', note.name]).catch(() => undefined);
  }
  await rm(noteFile, { force: true });
  return note;
}

function parseNote(text: string): { name: string; cidr: string } | undefined {
  try {
    const value = JSON.parse(text) as { name?: unknown; cidr?: unknown };
    const { name, cidr } = value;
    if (typeof name !== 'string' || typeof cidr !== 'string') return undefined;
    return /^[\w.@-]{1,15}$/.test(name) && parseCidr(cidr) !== undefined ? { name, cidr } : undefined;
  } catch {
    return undefined;
  }
}

function failureText(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  const text = (stderr ?? '').trim() || message;
  return text.replace(/^RTNETLINK answers: /, '').replace(/\.$/, '');
}
