import { describe, expect, it } from 'vitest';
import { decodePacket, type TftpPacket } from '../../../../main/engine/tftp/packet.ts';
import { TftpDownload } from '../../../../main/engine/rehearsal/tftp-download.ts';
import { inShort } from '../tftp/scripted-client.ts';

const oack = (...options: [string, string][]): TftpPacket => ({ type: 'option-acknowledgement', options });
const data = (block: number, sizeBytes: number): TftpPacket => ({
  type: 'data',
  block,
  payload: new Uint8Array(sizeBytes).fill(block),
});

/** What the client sends upon each packet; `…` is nothing, and the end stands behind it. */
function receive(download: TftpDownload, ...packets: TftpPacket[]): string[] {
  return packets.map((packet) => {
    const { send, end } = download.receive(packet);
    const sent = send === undefined ? '…' : inShort(decodePacket(send));
    if (end === undefined) return sent;
    return `${sent} ${end.kind === 'file' ? `${end.sizeBytes} bytes` : end.reason}`;
  });
}

const fetching = (options: [string, string][] = []): TftpDownload =>
  new TftpDownload({ path: 'snponly.efi', options, isProbe: false });

describe('TftpDownload', () => {
  it('asks by what it was told, again until it is answered', () => {
    const download = fetching([['blksize', '1468']]);
    for (const bytes of [download.resend(), download.resend()]) {
      const options = [['blksize', '1468']];
      expect(decodePacket(bytes)).toEqual({ type: 'read-request', fileName: 'snponly.efi', mode: 'octet', options });
    }
  });

  it('learns the size and aborts, as firmware does', () => {
    const probe = new TftpDownload({ path: 'a', options: [['tsize', '0']], isProbe: true });
    expect(receive(probe, oack(['tsize', '270336']))).toEqual(['ERROR 8 270336 bytes']);
    const untold = new TftpDownload({ path: 'a', options: [['tsize', '0']], isProbe: true });
    expect(receive(untold, oack())).toEqual(['ERROR 8 the server did not tell the size of its file']);
  });

  it.each<[string, TftpPacket[], string[]]>([
    [
      'acknowledges each block of a server that knows no options',
      [data(1, 512), data(2, 3)],
      ['ACK 1', 'ACK 2 515 bytes'],
    ],
    ['ends by an empty block', [data(1, 512), data(2, 0)], ['ACK 1', 'ACK 2 512 bytes']],
    [
      'acknowledges by windows',
      [oack(['blksize', '8'], ['windowsize', '2']), data(1, 8), data(2, 8), data(3, 8), data(4, 1)],
      ['ACK 0', '…', 'ACK 2', '…', 'ACK 4 25 bytes'],
    ],
    [
      'acknowledges the end amid a window',
      [oack(['blksize', '8'], ['windowsize', '4']), data(1, 8), data(2, 2)],
      ['ACK 0', '…', 'ACK 2 10 bytes'],
    ],
    [
      'tells a gap once, and goes on from there',
      [oack(['blksize', '8'], ['windowsize', '4']), data(1, 8), data(3, 8), data(4, 8), data(2, 8), data(3, 8)],
      ['ACK 0', '…', 'ACK 1', '…', '…', '…'],
    ],
    [
      'acknowledges a block that came twice',
      [data(1, 512), data(1, 512), data(2, 1)],
      ['ACK 1', 'ACK 1', 'ACK 2 513 bytes'],
    ],
    [
      'gives up at an error',
      [{ type: 'error', code: 1, message: 'file not found' }],
      ['… TFTP error 1 (file not found)'],
    ],
    ['passes over what makes no sense', [{ type: 'acknowledgement', block: 1 }, data(1, 5)], ['…', 'ACK 1 5 bytes']],
  ])('%s', (_title, packets, answers) => {
    expect(receive(fetching(), ...packets)).toEqual(answers);
  });

  it('after silence repeats its last acknowledgement, and tells the next gap again', () => {
    const download = fetching();
    receive(download, oack(['blksize', '8'], ['windowsize', '4']), data(1, 8), data(3, 8));
    expect(inShort(decodePacket(download.resend()))).toBe('ACK 1');
    expect(receive(download, data(3, 8), data(4, 8))).toEqual(['ACK 1', '…']);
  });

  it('goes on counting behind block 65535', () => {
    const download = fetching();
    receive(download, oack(['blksize', '8']));
    for (let block = 1; block <= 65_535; block++) download.receive(data(block, 8));
    expect(receive(download, data(0, 8), data(1, 1))).toEqual(['ACK 0', `ACK 1 ${65_536 * 8 + 1} bytes`]);
  });

  it('keeps the start of a file, in order', () => {
    const download = fetching();
    receive(download, oack(['blksize', '8']), data(1, 8), data(3, 8));
    const { end } = download.receive(data(2, 3));
    expect(end).toEqual({ kind: 'file', sizeBytes: 11, start: Buffer.from([1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2]) });
  });
});
