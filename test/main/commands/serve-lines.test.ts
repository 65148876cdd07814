import { describe, expect, it } from 'vitest';
import { formatRate, plainLine, plainLineKey, tableLines } from '../../../main/commands/serve-lines.ts';
import type { Client } from '../../../main/engine/clients/client.ts';

const client: Client = {
  id: '52:54:00:00:00:01',
  mac: '52:54:00:00:00:01',
  macs: ['52:54:00:00:00:01'],
  address: '192.168.77.101',
  firmware: 'uefi-x64',
  boots: 1,
  starts: 0,
  stage: 'initrd',
  evidence: 'seen',
  stageSinceMs: 0,
  firstSeenMs: 2,
  lastSeenMs: 9,
  sentence: 'It fetches the initrd initrd.gz.',
  transfer: {
    transferId: '1',
    kind: 'initrd',
    path: 'd/initrd.gz',
    sizeBytes: 40_000_000,
    sentBytes: 10_000_000,
    bytesPerSecond: 98_765_432,
    ended: false,
  },
};
const waiting: Client = {
  ...client,
  mac: '52:54:00:00:00:02',
  firmware: 'unknown',
  address: undefined,
  transfer: undefined,
  stage: 'dhcp',
  firstSeenMs: 1,
  sentence: 'Its firmware asks for an address and something to boot.',
};

describe('a machine that does not fit', () => {
  const misfit = { ...client, misfit: 'It has 1024 MiB of memory, and this image needs 2048.' };
  const expected = `${client.sentence} ${misfit.misfit}`;

  it('says so in the table and in plain lines, as news', () => {
    expect(tableLines([{ client: misfit }], 400)[1]).toContain(expected);
    expect(plainLine({ client: misfit }, new Date(0))).toContain(expected);
    expect(plainLineKey(misfit)).not.toBe(plainLineKey(client));
  });
});

describe('tableLines', () => {
  it('tells machines that share an adapter by their serials', () => {
    const [, first, second] = tableLines(
      ['S-1', 'S-2'].map((serial) => ({ client: { ...client, id: serial, serial }, vendor: 'Realtek' })),
      160,
    );
    expect([first, second].map((line) => /S\/N \S+/.exec(line ?? '')?.[0])).toEqual(['S/N S-1', 'S/N S-2']);
  });

  it('shows machines in order of appearance, aligned', () => {
    expect(tableLines([{ client, vendor: 'A vendor with a very long name' }, { client: waiting }], 160)).toEqual([
      'MAC                VENDOR              FIRMWARE     ADDRESS          STAGE            %        RATE',
      '52:54:00:00:00:02  -                   -            -                DHCP                            Its firmware asks for an address and something to boot.',
      '52:54:00:00:00:01  A vendor with a v…  uefi-x64     192.168.77.101   Initrd          25   98.8 MB/s  It fetches the initrd initrd.gz.',
    ]);
  });

  it('is never wider than the terminal', () => {
    for (const line of tableLines([{ client }, { client: waiting }], 60)) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('says that it waits', () => {
    expect(tableLines([], 80)[0]).toMatch(/^Waiting for machines/);
  });

  it('shows control characters of a hostile machine and does not obey them', () => {
    const hostile = { ...client, sentence: 'a\u001b[2Jb\u202e' };
    expect(tableLines([{ client: hostile }], 200)[1]).toContain('a\\u001b[2Jb\\u202e');
  });
});

describe('plainLine', () => {
  it('has every fact on one line', () => {
    expect(plainLine({ client, vendor: 'QEMU' }, new Date(0))).toBe(
      '1970-01-01T00:00:00.000Z  52:54:00:00:00:01  QEMU  uefi-x64  192.168.77.101  Initrd  25%  98.8 MB/s  It fetches the initrd initrd.gz.',
    );
  });

  it('is printed anew for a new stage and not for more bytes', () => {
    const moreBytes = { ...client, transfer: { ...client.transfer!, sentBytes: 20_000_000 } };
    expect(plainLineKey(moreBytes)).toBe(plainLineKey(client));
    expect(plainLineKey({ ...client, stage: 'running' })).not.toBe(plainLineKey(client));
  });
});

describe('formatRate', () => {
  it.each([
    [0, '0 kB/s'],
    [999_000, '999 kB/s'],
    [1_000_000, '1.0 MB/s'],
    [117_000_000, '117.0 MB/s'],
  ])('%i is %s', (value, text) => expect(formatRate(value)).toBe(text));
});
