import type { FileKind } from '../../contract/events.ts';
import type { Client } from './client.ts';
import { stageOrder } from './stage.ts';

/** What a client's state is called, in one sentence for a person. Pure. */

export function fileInWords(kind: FileKind, path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).slice(0, 80);
  switch (kind) {
    case 'loader':
      return `the loader ${name}`;
    case 'script':
      return 'its boot script';
    case 'kernel':
      return `the kernel ${name}`;
    case 'initrd':
      return `the initrd ${name}`;
    case 'image':
      return `the image ${name}`;
    default:
      return name;
  }
}

export function afterFile(kind: FileKind, file: string): string {
  switch (kind) {
    case 'loader':
      return `It has ${file}; the loader should speak next.`;
    default:
      return `It has ${file}.`;
  }
}

export const starting = (entryTitle: string): string => `It has all it needs and starts ${entryTitle}.`;

export const waiting = (code: string): string => `It waits for approval; its screen shows ${code}.`;

/** Undefined where an address changes nothing about where the machine is. */
export function afterAcknowledgement(client: Client | undefined, bootFile: string | undefined): string | undefined {
  if (client === undefined || client.stage === 'running' || client.stage === 'done') return undefined;
  if (bootFile === undefined && client.finished === true) return 'It booted already, and goes on with its own disk.';
  // Once a kernel runs, an address is for it and not for the boot.
  if (stageOrder(client.stage) >= stageOrder('kernel')) return undefined;
  if (bootFile === undefined) return 'It has an address, and nothing to boot from this station.';
  return 'It has an address and was told what to fetch.';
}
