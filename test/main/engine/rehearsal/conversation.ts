import type { MachineProfile } from '../../../../main/engine/rehearsal/bench.ts';
import type { Heard, Sent, Talk } from '../../../../main/engine/rehearsal/machine-talk.ts';
import { messageTypeNumber } from '../../../../main/engine/dhcp/message.ts';
import { dhcpOption, readOption } from '../../../../main/engine/dhcp/options.ts';

/** Machines without sockets: what they send is answered by a function, and written down. */

export const STATION = '10.88.0.1';
export const BASE = `http://${STATION}`;
export const ADDRESS = '10.88.0.50';

export const profile: MachineProfile = {
  number: 1,
  seed: 7,
  mac: '48:c3:5a:00:00:01',
  uuid: '4c4c4544-0043-4510-8052-c3c04f4d3433',
  serial: '5CG1234',
  manufacturer: 'LENOVO',
  product: 'ThinkPad T14 Gen 3',
  memoryMiB: 8192,
  processor: 'AMD Ryzen 5 PRO 5650GE',
  networkChip: 'rtl8168',
  hostName: 'bench-01',
  firmware: 'uefi-x64',
  behaviour: 'good',
  switchedOnAfterMs: 0,
  bytesPerSecond: 1e6,
  lossRate: 0,
};

export type Answer = (sent: Sent) => Heard | undefined;

export const nothing: Heard = { kind: 'nothing', reason: 'no answer came' };

/** Runs a talk to its end. What is not answered gets silence; a talk that does not end is cut off. */
export function converse<Result>(talk: Talk<Result>, answer: Answer): { end: Result; said: string[] } {
  const said: string[] = [];
  let step = talk.next();
  for (let count = 0; step.done !== true; count++) {
    if (count > 10_000) throw new Error(`No end: ${said.slice(0, 30).join('\n')}`);
    const sent = step.value;
    if (sent.kind !== 'pause') said.push(inShort(sent));
    step = talk.next(answer(sent) ?? nothing);
  }
  return { end: step.value, said };
}

export function inShort(sent: Sent): string {
  switch (sent.kind) {
    case 'dhcp': {
      const userClass = sent.packet.options?.get(dhcpOption.userClass.code);
      return `${sent.message} ${vendorClassOf(sent)}${userClass === undefined ? '' : ` ${Buffer.from(userClass).toString()}`}`;
    }
    case 'tftp':
      return `TFTP ${sent.path}${sent.isProbe ? ' (size)' : ''} ${sent.options.flat().join(' ')}`;
    case 'http': {
      const range = sent.range === undefined ? '' : ` ${sent.range.first}-${sent.range.last}`;
      return `${sent.method} ${sent.url}${range}${sent.stopAtShare === undefined ? '' : ' and stops'}`;
    }
    case 'pause':
      return `pause ${sent.ms}`;
    default:
      return sent satisfies never;
  }
}

const vendorClassOf = (sent: Sent & { kind: 'dhcp' }): string =>
  readOption(sent.packet.options ?? new Map(), dhcpOption.vendorClass) ?? '-';

export interface StationScript {
  /** Boot file by the first words of what `inShort` makes of a request. */
  readonly bootFiles: Readonly<Record<string, string>>;
  /** Files by path or URL: a text, or how many bytes. */
  readonly files: Readonly<Record<string, string | number>>;
}

/** A station that has these files and hands out one address. */
export const station =
  ({ bootFiles, files }: StationScript): Answer =>
  (sent) => {
    if (sent.kind === 'pause') return undefined;
    if (sent.kind === 'dhcp') return { kind: 'dhcp', packet: reply(sent, bootFiles) };
    const name = sent.kind === 'tftp' ? sent.path : sent.url;
    const content = files[name] ?? files[name.replace(/\?.*$/, '')];
    if (content === undefined) return { kind: 'nothing', reason: `${name} is not there` };
    const totalBytes = typeof content === 'string' ? content.length : content;
    const range = sent.kind === 'http' ? sent.range : undefined;
    const sizeBytes = range === undefined ? totalBytes : Math.min(range.last + 1, totalBytes) - range.first;
    return { kind: 'file', sizeBytes, totalBytes, text: typeof content === 'string' ? content : undefined };
  };

function reply(
  sent: Sent & { kind: 'dhcp' },
  bootFiles: StationScript['bootFiles'],
): (Heard & { kind: 'dhcp' })['packet'] {
  const asked = inShort(sent).replace(/^\w+ /, '');
  const [, bootFile = ''] = Object.entries(bootFiles).find(([start]) => asked.startsWith(start)) ?? [];
  const type = messageTypeNumber[sent.message === 'DISCOVER' ? 'OFFER' : 'ACK'];
  return {
    ...sent.packet,
    op: 2,
    yiaddr: ADDRESS,
    siaddr: STATION,
    file: bootFile,
    options: new Map([
      [dhcpOption.messageType.code, dhcpOption.messageType.encode(type)],
      [dhcpOption.serverIdentifier.code, dhcpOption.serverIdentifier.encode(STATION)],
    ]),
  };
}
