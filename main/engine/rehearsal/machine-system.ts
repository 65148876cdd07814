import type { MachineProfile } from './bench.ts';
import { lease } from './machine-dhcp.ts';
import { type Failure, fetchFile, type MachineEnd, pause, type Talk, type TransactionIds } from './machine-talk.ts';

/** What a started kernel does with the network. Pure. */

const KERNEL_STARTS_MS = 3_500;
const SYSTEM_STARTS_MS = 2_500;

const PIECE_BYTES = 8 * 1024 * 1024;
/** Enough to see the stage; a whole live system for every machine would make a rehearsal take as long as the real thing. */
const MOST_SYSTEM_BYTES = 64 * 1024 * 1024;

export function* startSystem(
  profile: MachineProfile,
  address: string,
  commandLine: readonly string[],
  transactions: TransactionIds,
): Talk<MachineEnd> {
  yield* pause(KERNEL_STARTS_MS);
  const urls = systemUrls(commandLine);
  if (urls.length > 0) {
    const early = yield* lease(profile, 'initramfs', transactions());
    if (early === undefined) return { kind: 'failed', reason: 'its initramfs got no address' };
    for (const url of urls) {
      const failure = yield* fetchByRanges(address, url);
      if (failure !== undefined) return failure;
    }
    yield* pause(SYSTEM_STARTS_MS);
  }
  const own = yield* lease(profile, 'system', transactions());
  return own === undefined ? { kind: 'failed', reason: 'its system got no address' } : { kind: 'running' };
}

/** Files that the command line names, as `fetch=http://…` does. Folders are for the system to search. */
export function systemUrls(commandLine: readonly string[]): string[] {
  const urls = commandLine.flatMap((word) => /https?:\/\/[^\s,;'"]+/.exec(word)?.[0] ?? []);
  return [...new Set(urls)].filter((url) => URL.canParse(url) && !url.endsWith('/'));
}

function* fetchByRanges(from: string, url: string): Talk<Failure | undefined> {
  let totalBytes = 1;
  for (let first = 0; first < Math.min(totalBytes, MOST_SYSTEM_BYTES); first += PIECE_BYTES) {
    const last = first + PIECE_BYTES - 1;
    const heard = yield* fetchFile({ kind: 'http', from, method: 'GET', url, range: { first, last } });
    if (heard.kind === 'failed') return heard;
    if (heard.sizeBytes === 0) return { kind: 'failed', reason: `${url} gave nothing from byte ${first} on` };
    ({ totalBytes } = heard);
  }
  return undefined;
}
