import type { EmitEvent } from '../../contract/events.ts';
import type { RenderedFile } from '../answers/render-answer.ts';
import { memoryFile } from './memory-file.ts';
import type { FileRequest, Route } from './route.ts';

/** The machine that holds an address, and whether it may boot. */
export interface AnsweredMachine {
  readonly mac: string;
  readonly mayBoot: boolean;
}

export interface AnswerRouteOptions {
  /** Names of the files of the answer. */
  readonly names: ReadonlySet<string>;
  readonly machineAt: (address: string) => AnsweredMachine | undefined;
  /** The files of one machine. Throws E_ANSWER_INVALID where they cannot be made. */
  readonly filesFor: (mac: string, address: string) => readonly RenderedFile[];
  readonly emit: EmitEvent;
}

/**
 * The session's answer, filled in for the machine that asks: `answer/<name>`, or `answer/<MAC>/<name>` for those who put their machine
 * into the address. It may hold passwords: nobody gets another machine's, and nobody gets one who may not boot.
 */
export function answerRoute({ names, machineAt, filesFor, emit }: AnswerRouteOptions): Route {
  const refuse = ({ path, peerAddress, protocol }: FileRequest, reason: string): undefined => {
    emit({ type: 'file.refused', protocol, peerAddress, path, reason });
  };
  return {
    name: 'answer',
    claim(request) {
      const [folder, ...rest] = request.path.split('/');
      const name = rest.at(-1) ?? '';
      if (folder !== 'answer' || rest.length > 2 || !names.has(name)) return Promise.resolve(undefined);
      // TFTP has no connection that would prove an address.
      if (request.protocol !== 'http') return Promise.resolve(refuse(request, 'answer files are served over HTTP'));
      const machine = machineAt(request.peerAddress);
      if (machine === undefined) return Promise.resolve(refuse(request, 'no machine of this session has that address'));
      if (!machine.mayBoot) return Promise.resolve(refuse(request, 'that machine may not boot'));
      const wanted = rest.length === 2 ? plainMac(rest[0] ?? '') : plainMac(machine.mac);
      if (wanted !== plainMac(machine.mac)) return Promise.resolve(refuse(request, 'it is for another machine'));
      const file = filesFor(machine.mac, request.peerAddress).find((one) => one.name === name);
      return Promise.resolve(file === undefined ? undefined : memoryFile('other', file.text, file.contentType));
    },
  };
}

const plainMac = (text: string): string => text.toLowerCase().replaceAll(/[:-]/g, '');
