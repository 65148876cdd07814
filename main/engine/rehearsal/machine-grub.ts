import type { MachineProfile } from './bench.ts';
import { startSystem } from './machine-system.ts';
import { type Failure, fetchFile, type MachineEnd, pause, type Talk, type TransactionIds } from './machine-talk.ts';

/**
 * A shim that was fetched over HTTP, and the GRUB that it starts: as far as the station's own scripts for GRUB use its language. Pure.
 */

const GRUB_STARTS_MS = 1_500;
const ASKS_AGAIN_AFTER_MS = 3_000;
const MOST_ASKINGS = 200;

export function* shimAndGrub(
  profile: MachineProfile,
  { address, shimUrl }: { readonly address: string; readonly shimUrl: string },
  transactions: TransactionIds,
): Talk<MachineEnd> {
  const second = yield* fetchFile({ kind: 'http', from: address, method: 'GET', url: beside(shimUrl, 'grubx64.efi') });
  if (second.kind === 'failed') return second;
  yield* pause(GRUB_STARTS_MS);
  const first = yield* fetchText(address, beside(shimUrl, 'grub/grub.cfg'));
  if (typeof first !== 'string') return first;
  const [, host = '', path = ''] = /^\s*source "\(http,([^)"]+)\)\/([^?"]+)\?\$facts\$state"$/m.exec(first) ?? [];
  if (host === '') return { kind: 'failed', reason: 'its grub.cfg does not say where to ask' };

  let state = '';
  for (let count = 0; count < MOST_ASKINGS; count++) {
    const answer = yield* fetchText(address, `http://${host}/${path}?${factsOf(profile).toString()}${state}`);
    if (typeof answer !== 'string') return answer;
    const kernel = loaded(answer, 'linux');
    if (kernel !== undefined)
      return yield* startKernel(profile, address, kernel, loaded(answer, 'initrd'), transactions);
    if (/^exit 1$/m.test(answer))
      return { kind: 'own-disk', reason: 'its script told it to go on without the network' };
    state = /^set state='([^']*)'$/m.exec(answer)?.[1] ?? state;
    yield* pause(ASKS_AGAIN_AFTER_MS);
  }
  return { kind: 'failed', reason: 'GRUB was told to ask again without end' };
}

function* startKernel(
  profile: MachineProfile,
  address: string,
  [kernel = '', ...words]: readonly string[],
  initrds: readonly string[] | undefined,
  transactions: TransactionIds,
): Talk<MachineEnd> {
  for (const file of [kernel, ...(initrds ?? [])]) {
    const url = file.replace(/^\(http,([^)]+)\)/, 'http://$1');
    if (!URL.canParse(url)) return { kind: 'failed', reason: `GRUB was sent to "${file}"` };
    const heard = yield* fetchFile({ kind: 'http', from: address, method: 'GET', url });
    if (heard.kind === 'failed') return heard;
  }
  return yield* startSystem(profile, address, words, transactions);
}

/** Words of a `linux` or `initrd` that the script runs, without GRUB's quotes. */
function loaded(script: string, command: 'linux' | 'initrd'): string[] | undefined {
  const words = new RegExp(`^if ${command} (.+); then$`, 'm').exec(script)?.[1];
  return words?.match(/(?:'[^']*'|[^\s'])+/g)?.map((word) => word.replaceAll("'", ''));
}

function* fetchText(from: string, url: string): Talk<string | Failure> {
  const heard = yield* fetchFile({ kind: 'http', from, method: 'GET', url });
  if (heard.kind === 'failed') return heard;
  return heard.text ?? { kind: 'failed', reason: `${url} is no script` };
}

const factsOf = ({ mac, uuid, serial, manufacturer, product }: MachineProfile): URLSearchParams =>
  new URLSearchParams({ mac, platform: 'efi', arch: 'x86_64', uuid, serial, manufacturer, product });

const beside = (url: string, file: string): string => new URL(file, url).href;
