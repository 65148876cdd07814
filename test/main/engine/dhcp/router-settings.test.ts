import { describe, expect, it } from 'vitest';
import type { Firmware } from '../../../../main/contract/firmware.ts';
import { routerSettings } from '../../../../main/engine/dhcp/router-settings.ts';

const loaders: Partial<Record<Firmware, string>> = {
  bios: 'undionly.kpxe',
  'uefi-x64': 'snponly.efi',
  'uefi-arm64': 'ipxe-arm64.efi',
};
const station = {
  address: '192.168.77.1',
  baseUrl: 'http://192.168.77.1:8080',
  loaderFor: (firmware: Firmware): string | undefined => loaders[firmware],
};
const textFor = (server: string, places = station): string =>
  routerSettings(places).find((settings) => settings.server === server)?.text ?? '';

describe('routerSettings', () => {
  it('are lines of dnsmasq', () =>
    expect(textFor('dnsmasq').split('\n')).toEqual([
      '# dnsmasq.conf',
      'dhcp-userclass=set:ipxe,iPXE',
      'dhcp-match=set:uefi,option:client-arch,7',
      'dhcp-match=set:uefi,option:client-arch,9',
      'dhcp-match=set:uefi-http,option:client-arch,16',
      'dhcp-match=set:uefi-http,option:client-arch,17',
      'dhcp-match=set:arm64,option:client-arch,11',
      'dhcp-match=set:arm64-http,option:client-arch,19',
      'dhcp-match=set:bios,option:client-arch,0',
      'dhcp-boot=tag:uefi,tag:!ipxe,snponly.efi,,192.168.77.1',
      'dhcp-boot=tag:arm64,tag:!ipxe,ipxe-arm64.efi,,192.168.77.1',
      'dhcp-boot=tag:bios,tag:!ipxe,undionly.kpxe,,192.168.77.1',
      'dhcp-boot=tag:uefi-http,http://192.168.77.1:8080/snponly.efi',
      'dhcp-option-force=tag:uefi-http,option:vendor-class,HTTPClient',
      'dhcp-boot=tag:arm64-http,http://192.168.77.1:8080/ipxe-arm64.efi',
      'dhcp-option-force=tag:arm64-http,option:vendor-class,HTTPClient',
      'dhcp-boot=tag:ipxe,http://192.168.77.1:8080/boot.ipxe,,192.168.77.1',
    ]));

  it('are lines of the ISC server', () =>
    expect(textFor('dhcpd').split('\n')).toEqual([
      '# dhcpd.conf',
      'option client-architecture code 93 = unsigned integer 16;',
      'next-server 192.168.77.1;',
      'if exists user-class and option user-class = "iPXE" {',
      '  filename "http://192.168.77.1:8080/boot.ipxe";',
      '} elsif option client-architecture = 00:07 or option client-architecture = 00:09 {',
      '  filename "snponly.efi";',
      '} elsif option client-architecture = 00:10 or option client-architecture = 00:11 {',
      '  option vendor-class-identifier "HTTPClient";',
      '  filename "http://192.168.77.1:8080/snponly.efi";',
      '} elsif option client-architecture = 00:0b {',
      '  filename "ipxe-arm64.efi";',
      '} elsif option client-architecture = 00:13 {',
      '  option vendor-class-identifier "HTTPClient";',
      '  filename "http://192.168.77.1:8080/ipxe-arm64.efi";',
      '} elsif option client-architecture = 00:00 {',
      '  filename "undionly.kpxe";',
      '}',
    ]));

  it('are the fields of a router’s page', () =>
    expect(textFor('router').split('\n')).toEqual([
      'Next server (siaddr): 192.168.77.1',
      'Option 66, TFTP server name: 192.168.77.1',
      'Option 67, boot file name (UEFI, x64): snponly.efi',
      'Option 67, boot file name (UEFI, 64-bit Arm): ipxe-arm64.efi',
      'Option 67, boot file name (BIOS): undionly.kpxe',
    ]));

  it('leave out what there is no loader for', () => {
    const few = { ...station, loaderFor: (firmware: Firmware) => (firmware === 'bios' ? 'undionly.kpxe' : undefined) };
    expect(routerSettings(few).map(({ text }) => text.includes('efi'))).toEqual([false, false, false]);
  });
});
