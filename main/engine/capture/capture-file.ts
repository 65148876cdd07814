import type { CapturedPacket } from './pcapng.ts';
import { enhancedPacket, interfaceDescription, sectionHeader } from './pcapng.ts';

export interface CaptureFileFacts {
  readonly interfaceName: string;
  /** "Fieldboot 0.1.0" */
  readonly application: string;
  /** Packets that were not kept. */
  readonly forgottenCount: number;
}

/** The bytes of a whole pcapng file. */
export function captureFile(packets: readonly CapturedPacket[], facts: CaptureFileFacts): Buffer {
  const { interfaceName, application, forgottenCount } = facts;
  const forgotten = forgottenCount === 0 ? '' : ` ${forgottenCount} older packets were not kept.`;
  return Buffer.concat([
    sectionHeader(
      application,
      `Boot traffic as the station's sockets saw it: Ethernet, IP, UDP and TCP heads are made from the addresses. ` +
        `File contents are cut.${forgotten}`,
    ),
    interfaceDescription(interfaceName),
    ...packets.map((packet) => enhancedPacket(0, packet)),
  ]);
}
