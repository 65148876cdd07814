import { describe, expect, it } from 'vitest';
import { finding, findingCodes, findingSchema, scopeOf } from '../../../main/contract/finding.ts';
import { findingCatalogue } from '../../../main/contract/finding-catalogue.ts';

/** Facts for every code at once: each takes those that it knows. */
const facts = {
  interfaceName: 'eth1',
  address: '192.168.77.9',
  minutes: 3,
  switchMac: '00:11:22:33:44:55',
  vlans: [10, 20],
  vendor: 'Netgear',
  poolSize: 20,
  what: 'TFTP (UDP 69)',
  port: 69,
  owner: 'dnsmasq',
  path: 'live/filesystem.squashfs',
  imageName: 'Debian 12',
  image: 'Debian 12',
  reason: 'the disk was unplugged',
  seconds: -3600,
  mbps: 100,
  offers: 4,
  server: '192.168.1.1',
  firmware: 'UEFI arm64',
  machines: 3,
  bootFile: 'snponly.efi',
  file: 'the initrd initrd.gz',
  kibPerSecond: 12.3,
  lossPercent: 8.2,
  percent: 40.7,
  loader: 'snponly.efi',
  loaders: ['snponly.efi', 'ipxe.efi'],
  times: 3,
  hasMiB: 512,
  needsMiB: 2048,
  initrd: 'initrd.gz',
  kernel: '6.1.0-28',
  name: 'preseed.cfg',
  renewals: 5,
  code: 'K7F2',
  bytesPerSecond: 100_000,
  typicalBytesPerSecond: 1_200_000,
};

describe('finding catalogue', () => {
  it('has at least 30 findings', () => {
    expect(findingCodes.length).toBeGreaterThanOrEqual(30);
  });

  it.each(findingCodes)('%s has two voices that a person understands', (code) => {
    const { sentence, advice } = finding(code, facts as never);
    for (const text of [sentence, advice]) {
      expect(text).toMatch(/^([A-Z]|iPXE ).{10,}\.$/s);
      expect(text).not.toMatch(/undefined|NaN|\[object|null/);
      expect(text).not.toContain('!');
      expect(text.length).toBeLessThan(240);
    }
    expect(sentence).not.toBe(advice);
    expect(findingSchema.safeParse({ code, sentence, advice }).success).toBe(true);
    expect(code).toMatch(/^F_[A-Z0-9_]+$/);
    expect(scopeOf(code) === 'bench' && sentence.startsWith('It ')).toBe(false);
  });

  it('says each thing once', () => {
    const sentences = findingCodes.map((code) => finding(code, facts as never).sentence);
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(Object.keys(findingCatalogue)).toHaveLength(findingCodes.length);
  });
});
