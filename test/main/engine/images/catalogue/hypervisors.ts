import { kernelBytes } from '../memory-image.ts';
import { type CatalogueCase, efiLoader, initrd, linux } from './case.ts';

const xen = (label: string, files: Record<string, string>) => ({
  label,
  files: {
    'boot/xen.gz': 4096,
    'boot/vmlinuz': linux,
    'install.img': initrd,
    'Packages/a.rpm': 1,
    'EFI/xenserver/grubx64.efi': efiLoader,
    'EFI/boot/bootx64.efi': efiLoader,
    ...files,
  },
});
const expected = {
  mechanism: 'xen-multiboot',
  architecture: 'x86_64',
  entries: ['Install!'],
  method: 'multiboot',
  commandLine: 'xencons=hvc console=hvc0 console=tty0',
  warns: 'BIOS only',
} as const;

export const xenCases: readonly CatalogueCase[] = [
  {
    ...expected,
    title: 'XCP-ng',
    image: xen('XCP-ng 8.3.0', {
      '.treeinfo': '[platform]\nname = XCP\nversion = 3.4.0\n[branding]\nname = XCP-ng\nversion = 8.3.0\n',
    }),
    recipe: 'xcp-ng',
    name: 'XCP-ng 8.3.0',
    version: '8.3.0',
  },
  {
    ...expected,
    title: 'XenServer',
    image: xen('XenServer-8', {
      'XS-REPOSITORY': '<repository originator="xs" name="main" product="XenServer" version="8"/>',
    }),
    recipe: 'xenserver',
    name: 'XenServer 8',
    version: '8',
  },
  {
    ...expected,
    title: 'another of the family',
    image: xen('ACME', {}),
    recipe: 'xen-installer',
    name: 'Xen installer',
  },
];

const bootCfg = (title: string): string =>
  `bootstate=0\ntitle=${title}\ntimeout=5\nprefix=\nkernel=/b.b00\nkernelopt=runweasel cdromBoot\nmodules=/jumpstrt.gz --- /useropts.gz --- /k.b00\nbuild=8.0.2-0.0.22380479\nupdated=0\n`;

export const esxiCases: readonly CatalogueCase[] = [
  {
    title: 'ESXi',
    image: {
      label: 'ESXI-8.0U2-22380479-STANDARD',
      files: {
        'BOOT.CFG': bootCfg('Loading ESXi installer'),
        'B.B00': kernelBytes(),
        'K.B00': 4096,
        'MBOOT.C32': 4096,
        'EFI/BOOT/BOOTX64.EFI': efiLoader,
        'EFI/BOOT/BOOT.CFG': bootCfg('Loading ESXi installer'),
        '.DISCINFO': 'Version: 8\n',
      },
    },
    mechanism: 'esxi-mboot',
    recipe: 'esxi',
    name: 'VMware ESXi 8.0.2',
    version: '8.0.2',
    architecture: 'x86_64',
    entries: ['ESXi installer!'],
    method: 'efi',
    commandLine: '-c {http}/{iso}/boot.cfg',
    warns: 'UEFI only',
  },
  {
    title: 'another with the loader of ESXi',
    image: {
      label: 'ACME',
      files: { 'boot.cfg': bootCfg('Loading ACME'), 'b.b00': kernelBytes(), 'efi/boot/bootx64.efi': efiLoader },
    },
    mechanism: 'esxi-mboot',
    recipe: 'esxi-like',
    name: 'VMware ESXi',
    version: '8.0.2',
    architecture: 'x86_64',
    entries: ['ESXi installer!'],
    method: 'efi',
    commandLine: '-c {http}/{iso}/boot.cfg',
  },
];
