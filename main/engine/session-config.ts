import type { AfterBoot, ApprovalPolicy, SessionMode } from '../contract/session.ts';
import type { MachineList } from '../contract/machines.ts';
import type { SessionAnswer } from './answers/session-answers.ts';
import type { Loaders } from './files/loaders.ts';

/** What a session needs to be told. Everything else is found out. */
export interface SessionConfig {
  /** Path of the ISO. */
  readonly imagePath: string;
  readonly interfaceName: string;
  /** Undefined: `auto`. */
  readonly mode?: SessionMode | undefined;
  /** "192.168.77.1/24" to give the interface for the session; undefined: it has one. */
  readonly address?: string | undefined;
  /** "FROM-TO"; undefined: the upper part of the subnet. */
  readonly pool?: string | undefined;
  /** Entry to boot; undefined: the image's default. */
  readonly entryId?: string | undefined;
  /** The person said in so many words to serve on an interface that is not fit. */
  readonly allowUnfitInterface?: boolean | undefined;
  /** The person said in so many words to serve although another DHCP server answers; it is still told. */
  readonly allowForeignDhcp?: boolean | undefined;
  /** False: nobody asks whether another DHCP server is there. */
  readonly probe?: boolean | undefined;
  /** Undefined: an entry that may change disks waits for approval, a harmless one boots every machine. */
  readonly approval?: ApprovalPolicy | undefined;
  /** Undefined: an entry that may change disks boots a machine once, a harmless one every time. */
  readonly afterBoot?: AfterBoot | undefined;
  /** Undefined: the command line of the entry. */
  readonly commandLine?: string | undefined;
  /** Words to add to the kernel's command line. */
  readonly extraArguments?: string | undefined;
  /** Served as `answer/<name>`, filled in for each machine, and named on the command line where the image's recipe knows how. */
  readonly answer?: SessionAnswer | undefined;
  /** The person's list of machines: what it says of a machine goes into that machine's answer. */
  readonly machines?: MachineList | undefined;
  /** Of the session that this one goes on with, after it was cut off. */
  readonly earlier?: EarlierPart | undefined;
  readonly ports?: Partial<SessionPorts> | undefined;
  readonly loadersFolder: string;
  /** Taken instead of those of the folder: stand-ins of a rehearsal. */
  readonly loaders?: Loaders | undefined;
  readonly dataFolder: string;
}

/** A machine of an earlier session. Its id may be another machine's in the next one, where two share an adapter. */
export interface EarlierMachine {
  readonly id: string;
  readonly macs: readonly string[];
  readonly serial?: string | undefined;
  readonly uuid?: string | undefined;
}

/** What was decided and done before a session was cut off. */
export interface EarlierPart {
  readonly approved: readonly EarlierMachine[];
  readonly refused: readonly EarlierMachine[];
  /** Had their boot, and are not to have it again by themselves. */
  readonly finished: readonly EarlierMachine[];
}

export interface SessionPorts {
  readonly dhcpServer: number;
  readonly dhcpClient: number;
  /** PXE boot server discovery; undefined: not answered. */
  readonly pxeBootServer?: number | undefined;
  readonly tftp: number;
  /** Tried in order. */
  readonly http: readonly number[];
}

export const standardPorts: SessionPorts = {
  dhcpServer: 67,
  dhcpClient: 68,
  pxeBootServer: 4011,
  tftp: 69,
  http: [80, 8080],
};
