import dgram from 'node:dgram';
import { decodePacket } from '../tftp/packet.ts';
import type { Random } from './random.ts';
import { type DownloadEnd, type DownloadRequest, type DownloadStep, TftpDownload } from './tftp-download.ts';

export interface TftpClientOptions {
  /** The machine's own address. */
  readonly from: string;
  readonly server: { readonly address: string; readonly port: number };
  /** Share of the datagrams that are lost on their way in. */
  readonly lossRate: number;
  readonly random: Random;
  readonly signal: AbortSignal;
}

const RESEND_MS = 1_000;
const MOST_SILENCES = 6;

/** Fetches one file from a socket of its own, as each transfer of a boot ROM has. Rejects with the reason of `signal`. */
export async function tftpFetch(request: DownloadRequest, options: TftpClientOptions): Promise<DownloadEnd> {
  const { from, server, lossRate, random, signal } = options;
  signal.throwIfAborted();
  const download = new TftpDownload(request);
  const socket = dgram.createSocket('udp4');
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  try {
    return await new Promise<DownloadEnd>((resolve, reject) => {
      /** The transfer's own port at the server: known from its first answer on. */
      let peer = server;
      let silences = 0;
      const send = (bytes: Uint8Array): void => socket.send(bytes, peer.port, peer.address);
      const wait = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          silences += 1;
          if (silences > MOST_SILENCES) return resolve({ kind: 'failed', reason: 'the TFTP server fell silent' });
          send(download.resend());
          wait();
        }, RESEND_MS);
      };
      onAbort = () => reject(reasonOf(signal));
      signal.addEventListener('abort', onAbort);
      socket.on('error', reject);
      socket.on('message', (bytes, sender) => {
        if (random.next() < lossRate || (download.isAnswered && sender.port !== peer.port)) return;
        const step: DownloadStep = download.receive(decodePacket(bytes));
        peer = { address: sender.address, port: sender.port };
        silences = 0;
        wait();
        if (step.send !== undefined) send(step.send);
        if (step.end !== undefined) resolve(step.end);
      });
      socket.bind({ address: from, port: 0, exclusive: true }, () => {
        send(download.resend());
        wait();
      });
    });
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
    await new Promise<void>((resolve) => socket.close(resolve));
  }
}

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('stopped', { cause: signal.reason });
