import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureFile } from '../../main/engine/capture/capture-file.ts';
import { type Endpoint, tcpFrame, udpFrame } from '../../main/engine/capture/ethernet-frame.ts';
import type { CapturedPacket } from '../../main/engine/capture/pcapng.ts';
import { bedAvailable } from '../testbed/gate.ts';

/** What the station exports, read by Wireshark's own programs. */

const client: Endpoint = { mac: '52:54:00:00:00:01', address: '192.168.77.100', port: 2070 };
const station: Endpoint = { mac: '02:00:00:00:00:fe', address: '192.168.77.1', port: 69 };
const facts = { interfaceName: 'bench0', application: 'Fieldboot test', forgottenCount: 3 };

const readRequest = Buffer.from('\0\x01snponly.efi\0octet\0tsize\x000\0', 'latin1');
const get = Buffer.from('GET /boot.ipxe HTTP/1.1\r\nHost: 192.168.77.1\r\n\r\n');

function packet(frame: Buffer, comment?: string): CapturedPacket {
  return { atMs: 1_795_000_000_123.456, frame, originalBytes: frame.length, comment };
}

describe.skipIf(!bedAvailable('tshark', 'capinfos'))('a capture file, as tshark reads it', () => {
  let folder = '';
  let path = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fieldboot-capture-'));
    path = join(folder, 'boot.pcapng');
    const longHead = udpFrame({ source: station, destination: client }, Buffer.alloc(1472, 1));
    const http = { source: { ...client, port: 40000 }, destination: { ...station, port: 80 } };
    const packets: CapturedPacket[] = [
      packet(
        udpFrame({ source: client, destination: station }, readRequest),
        'offered snponly.efi: architecture 7, rung 1 of 3',
      ),
      { ...packet(longHead.subarray(0, 80)), originalBytes: longHead.length },
      packet(tcpFrame(http, { sequence: 1, acknowledgement: 1 }, get)),
    ];
    writeFileSync(path, captureFile(packets, facts));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const tshark = (...words: string[]): string =>
    execFileSync(
      'tshark',
      [
        '-r',
        path,
        '-o',
        'ip.check_checksum:TRUE',
        '-o',
        'udp.check_checksum:TRUE',
        '-o',
        'tcp.check_checksum:TRUE',
        ...words,
      ],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );

  it('is a file that capinfos finds nothing wrong with', () => {
    const text = execFileSync('capinfos', [path], { encoding: 'utf8' });
    expect(text).toMatch(/Number of packets:\s+3/);
    expect(text).toMatch(/Encapsulation = Ethernet/);
    expect(text).toContain('Fieldboot test');
    expect(text).toContain('3 older packets were not kept');
  });

  it('has right addresses, lengths, checksums and comments', () => {
    const fields = [
      'frame.len',
      'ip.src',
      'udp.dstport',
      'ip.checksum.status',
      'udp.checksum.status',
      'tcp.checksum.status',
      'frame.comment',
    ];
    const rows = tshark('-T', 'fields', '-E', 'separator=|', ...fields.flatMap((field) => ['-e', field]))
      .trimEnd()
      .split('\n');
    expect(rows).toEqual([
      '70|192.168.77.100|69|1|1||offered snponly.efi: architecture 7, rung 1 of 3',
      '1514|192.168.77.1|2070|1|2||',
      '101|192.168.77.100||1||1|',
    ]);
  });

  it('is dissected as what it is', () => {
    expect(tshark('-Y', 'tftp.opcode == 1', '-T', 'fields', '-e', 'tftp.source_file').trim()).toBe('snponly.efi');
    expect(tshark('-Y', 'http.request', '-T', 'fields', '-e', 'http.request.uri').trim()).toBe('/boot.ipxe');
  });
});
