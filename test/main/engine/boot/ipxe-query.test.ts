import { describe, expect, it } from 'vitest';
import { ipxeFirmware, readIpxeReport } from '../../../../main/engine/boot/ipxe-query.ts';

describe('readIpxeReport', () => {
  it('reads what iPXE says', () => {
    const query =
      'mac=52:54:00:12:34:56&uuid=4C4C4544-0051-3510-8052-B4C04F565931&serial=AB%20C&manufacturer=Dell%20Inc.&product=Latitude&asset=&platform=efi&arch=x86_64&version=1.21.1';
    expect(readIpxeReport(new URLSearchParams(query))).toEqual({
      mac: '52:54:00:12:34:56',
      firmware: 'uefi-x64',
      uuid: '4c4c4544-0051-3510-8052-b4c04f565931',
      serial: 'AB C',
      manufacturer: 'Dell Inc.',
      product: 'Latitude',
      asset: undefined,
      platform: 'efi-x86_64',
      loaderVersion: '1.21.1',
    });
  });

  it.each(['mac=52:54:00:12:34', 'mac=../../etc', 'mac=52-54-00-12-34-56', ''])('takes no MAC out of %j', (query) => {
    expect(readIpxeReport(new URLSearchParams(query)).mac).toBeUndefined();
  });

  it('cuts and cleans what it is told', () => {
    const query = new URLSearchParams({ serial: `a\n\u001b[31m${'x'.repeat(500)}`, uuid: 'nonsense' });
    const report = readIpxeReport(query);
    expect(report.serial).toHaveLength(128);
    expect(report.serial).toMatch(/^a\[31mx+$/);
    expect(report.uuid).toBeUndefined();
  });
});

describe('ipxeFirmware', () => {
  it.each([
    ['pcbios', 'i386', 'bios'],
    ['efi', 'x86_64', 'uefi-x64'],
    ['efi', 'arm64', 'uefi-arm64'],
    ['efi', 'i386', 'uefi-ia32'],
    ['efi', 'vax', 'unknown'],
    [undefined, undefined, 'unknown'],
  ])('%s-%s is %s', (platform, architecture, firmware) => {
    expect(ipxeFirmware(platform, architecture)).toBe(firmware);
  });
});
