import { describe, expect, it } from 'vitest';
import { ipxeInventoryFacts, memoryOfModules } from '../../../../main/engine/boot/ipxe-inventory.ts';

describe('what iPXE is asked about its machine', () => {
  it('is fields of SMBIOS and settings of its own', () => {
    expect(ipxeInventoryFacts[0]).toMatch(/^memory=\$\{smbios\/0\.17\.12\.2:hex\},.*\$\{smbios\/7\.17\.12\.2:hex\}$/);
    expect(ipxeInventoryFacts[1]).toMatch(/^large=\$\{smbios\/0\.17\.28\.4:hex\},/);
  });
});

describe('memory of modules', () => {
  it.each([
    ['one module of 512 MiB', '00:02,,,,,,,', '', 512],
    ['two of 8 GiB, between empty sockets', '00:20,00:00,00:20,00:00', '', 16_384],
    ['one of 32 GiB, told in the larger field', 'ff:7f', '00:80:00:00', 32_768],
    ['one of 32 GiB beside one of 8 GiB', '00:20,ff:7f', '00:00:00:00,00:80:00:00', 40_960],
    ['one that is counted in KiB', '00:c0', '', 16],
    ['sockets that do not know', 'ff:ff,ff:ff', '', undefined],
    ['none', ',,,,,,,', ',,,,,,,', undefined],
    ['nothing said', '', '', undefined],
    ['nonsense', 'zz:zz,1,${smbios/0.17.12.2:hex}', 'x', undefined],
    ['more than there is', 'ff:7f,ff:7f', 'ff:ff:ff:ff,ff:ff:ff:ff', undefined],
  ])('%s', (_what, sizes, extended, memoryMiB) => {
    expect(memoryOfModules(sizes, extended)).toBe(memoryMiB);
  });
});
