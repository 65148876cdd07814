import type { IpcMainEvent } from 'electron';
import { isAppUrl } from './app-address.ts';

/** Only the top frame of a page of this app may ask the shell for anything. */
export function isTrustedSender({ senderFrame }: Pick<IpcMainEvent, 'senderFrame'>): boolean {
  return senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url);
}
