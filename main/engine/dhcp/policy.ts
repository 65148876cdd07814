import type { DhcpMessage } from '../../contract/events.ts';
import type { BootPlan } from '../boot/plan.ts';
import type { ClientIdentity } from './client-identity.ts';
import type { DhcpRequest } from './message.ts';
import type { DhcpPacket } from './packet.ts';
import type { LeaseAnswer } from './policy-lease.ts';
import { addressReply, bootpReply, refusalReply, settingsReply, type StationSettings } from './reply.ts';
import { type BootData, bootData, UnsendableBootFile } from './reply-boot.ts';

/** Request x lease answer x boot plan -> reply, or silence with its reason. Pure. */

export type Decision =
  | {
      readonly kind: 'reply';
      readonly message: DhcpMessage;
      readonly packet: DhcpPacket;
      readonly delayMs: number;
      /** What the client was told to boot, as the plan named it. */
      readonly bootFile: string | undefined;
      /** Something about the reply that will keep this client from booting. */
      readonly warning: string | undefined;
    }
  | { readonly kind: 'silent'; readonly reason: string };

export function decide(
  request: DhcpRequest,
  client: ClientIdentity,
  answer: LeaseAnswer,
  plan: BootPlan,
  station: StationSettings,
): Decision {
  switch (answer.kind) {
    case 'silent':
      return answer;
    case 'exhausted':
      return { kind: 'silent', reason: 'no address is free' };
    case 'released':
      return { kind: 'silent', reason: `it gave ${answer.address} back, which needs no answer` };
    case 'declined':
      return { kind: 'silent', reason: `it found ${answer.address} in use, which needs no answer` };
    case 'refused':
      return reply('NAK', refusalReply(request, answer.reason, station));
    default:
      return withBoot(request, client, answer, plan, station);
  }
}

type Reply = Extract<Decision, { kind: 'reply' }>;
type Granted = Extract<LeaseAnswer, { kind: 'offered' | 'informed' | 'leased' | 'bootp' }>;

function withBoot(
  request: DhcpRequest,
  client: ClientIdentity,
  { kind, address }: Granted,
  plan: BootPlan,
  station: StationSettings,
): Decision {
  const { boot, warning } = bootDataOrWarning(request, client, plan, station);
  const told = {
    delayMs: boot?.delayMs ?? 0,
    bootFile: boot === undefined || plan.kind === 'nothing' ? undefined : plan.bootFile,
    warning,
  };
  return { ...grantedReply[kind](request, address, boot, station), ...told };
}

type GrantedReply = (
  request: DhcpRequest,
  address: string,
  boot: BootData | undefined,
  station: StationSettings,
) => Reply;

const grantedReply: Readonly<Record<Granted['kind'], GrantedReply>> = {
  offered: (request, ...rest) => reply('OFFER', addressReply('OFFER', request, ...rest)),
  leased: (request, ...rest) => reply('ACK', addressReply('ACK', request, ...rest)),
  informed: (request, _address, ...rest) => reply('ACK', settingsReply(request, ...rest)),
  bootp: (...all) => reply('BOOTP', bootpReply(...all)),
};

function bootDataOrWarning(
  request: DhcpRequest,
  client: ClientIdentity,
  plan: BootPlan,
  station: StationSettings,
): { boot: BootData | undefined; warning: string | undefined } {
  try {
    const boot = bootData(client, request.packet.xid, plan, station.address);
    const isCut = boot?.bootFileName !== undefined && boot.file === '';
    // shim, GRUB and U-Boot read the header only.
    const warning = isCut
      ? 'the boot file has too long a name for the header: some boot loaders will not see it'
      : undefined;
    return { boot, warning };
  } catch (error) {
    if (!(error instanceof UnsendableBootFile)) throw error;
    return { boot: undefined, warning: `the boot file cannot be sent: ${error.message}` };
  }
}

const reply = (message: DhcpMessage, packet: DhcpPacket): Reply => ({
  kind: 'reply',
  message,
  packet,
  delayMs: 0,
  bootFile: undefined,
  warning: undefined,
});
