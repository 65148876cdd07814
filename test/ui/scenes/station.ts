import type { ImageDescription } from '../../../main/contract/image.ts';
import type { NetworkInterface } from '../../../main/contract/network.ts';
import type { LibraryImage, StationState } from '../../../main/contract/state.ts';
import { fitness } from '../../../main/engine/net/fitness.ts';
import { emptyState } from '../../main/station/empty-state.ts';
import { sceneNowMs } from './scene.ts';

/** A station that was just opened for the first time, and parts to fill it with. */
export const emptyStation: StationState = {
  ...emptyState,
  station: { ...emptyState.station, version: '0.1.0', hostName: 'bench-laptop' },
};

const networkInterface = (own: Partial<NetworkInterface> & Pick<NetworkInterface, 'name'>): NetworkInterface => {
  const facts = {
    mac: '3c:97:0e:52:1a:07',
    kind: 'wired' as const,
    link: 'up' as const,
    mtuBytes: 1500,
    addresses: [],
    defaultRoute: false,
    ...own,
  };
  return { ...facts, ...fitness(facts) };
};

const ipv4 = (address: string, prefixLength = 24) => ({ address, prefixLength, family: 'IPv4' as const });

export const wiredBench = networkInterface({ name: 'enp3s0', speedMbps: 1000 });
export const usbAdapter = networkInterface({
  name: 'enx00e04c680021',
  mac: '00:e0:4c:68:00:21',
  speedMbps: 2500,
  addresses: [ipv4('192.168.77.1')],
});
export const officeNetwork = networkInterface({
  name: 'enp5s0',
  mac: '3c:97:0e:52:1a:09',
  speedMbps: 1000,
  addresses: [ipv4('192.168.178.20')],
  defaultRoute: true,
});
export const unplugged = networkInterface({
  name: 'enp4s0',
  mac: '3c:97:0e:52:1a:08',
  link: 'down',
});
export const wireless = networkInterface({
  name: 'wlp2s0',
  mac: 'a4:c3:f0:11:7e:90',
  kind: 'wireless',
  addresses: [ipv4('10.20.4.117', 22)],
  defaultRoute: true,
});
export const container = networkInterface({
  name: 'docker0',
  mac: '02:42:9b:1c:55:d3',
  kind: 'virtual',
  link: 'down',
  addresses: [ipv4('172.17.0.1', 16)],
});

const description = (
  own: Partial<ImageDescription> & Pick<ImageDescription, 'id' | 'name' | 'volumeLabel'>,
): ImageDescription => ({
  path: `/home/sam/Downloads/${own.id}.iso`,
  recipe: 'debian-installer',
  sizeBytes: 790_000_000,
  fileSystems: ['iso9660', 'joliet', 'rock-ridge'],
  bootCatalogue: ['bios', 'uefi'],
  hybrid: true,
  evidence: [],
  firmware: ['bios', 'uefi-x64'],
  secureBoot: 'yes',
  destructive: false,
  entries: [],
  defaultEntryId: 'default',
  extracted: [],
  warnings: [],
  ...own,
});

export const debianInstaller = description({
  id: 'debian-13.1.0-amd64-n',
  name: 'Debian 13.1 netinst',
  version: '13.1.0',
  architecture: 'amd64',
  volumeLabel: 'Debian 13.1.0 amd64 n',
  sizeBytes: 821_035_008,
  memoryNeededMiB: 780,
  destructive: true,
  evidence: [
    '.disk/info says "Debian GNU/Linux 13.1.0 "Trixie" - Official amd64 NETINST"',
    'The layout is that of a Debian installer: install.amd/vmlinuz and install.amd/initrd.gz',
    'Its boot menu (isolinux/txt.cfg) names both',
  ],
  entries: [
    {
      id: 'install',
      title: 'Install',
      destructive: true,
      variants: [
        {
          firmware: ['bios', 'uefi-x64'],
          method: 'linux',
          kernel: 'install.amd/vmlinuz',
          initrds: ['install.amd/initrd.gz'],
          commandLine: 'vga=788 --- quiet',
        },
      ],
    },
    {
      id: 'graphical-install',
      title: 'Graphical install',
      destructive: true,
      downloadBytes: 70_106_048,
      variants: [
        {
          firmware: ['bios', 'uefi-x64'],
          method: 'linux',
          kernel: 'install.amd/vmlinuz',
          initrds: ['install.amd/gtk/initrd.gz'],
          commandLine: 'vga=788 --- quiet',
        },
      ],
    },
    {
      id: 'rescue',
      title: 'Rescue mode',
      destructive: false,
      variants: [
        {
          firmware: ['bios', 'uefi-x64'],
          method: 'linux',
          kernel: 'install.amd/vmlinuz',
          initrds: ['install.amd/initrd.gz'],
          commandLine: 'vga=788 rescue/enable=true --- quiet',
        },
      ],
    },
  ],
  defaultEntryId: 'graphical-install',
  answerFileArguments: 'auto=true priority=critical url={http}/answer/{name}',
  answerFileFormat: 'preseed',
  extracted: [
    { path: 'install.amd/vmlinuz', sizeBytes: 11_985_600 },
    { path: 'install.amd/initrd.gz', sizeBytes: 42_311_776 },
    { path: 'install.amd/gtk/initrd.gz', sizeBytes: 58_120_448 },
  ],
  warnings: [
    'The installer fetches packages from the internet: machines on an isolated switch get a minimal system only.',
  ],
});

export const rescueSystem = description({
  id: 'systemrescue-12.02',
  name: 'SystemRescue 12.02',
  version: '12.02',
  architecture: 'x86_64',
  recipe: 'archiso',
  volumeLabel: 'RESCUE1202',
  sizeBytes: 1_204_518_912,
  memoryNeededMiB: 2048,
  secureBoot: 'no',
  evidence: ['The layout is that of archiso: sysresccd/boot/x86_64/vmlinuz', 'Volume label RESCUE1202'],
  entries: [
    {
      id: 'default',
      title: 'Boot SystemRescue using default options',
      destructive: false,
      variants: [
        {
          firmware: ['bios', 'uefi-x64'],
          method: 'linux',
          kernel: 'sysresccd/boot/x86_64/vmlinuz',
          initrds: ['sysresccd/boot/x86_64/sysresccd.img'],
          commandLine: 'archisobasedir=sysresccd archiso_http_srv={http}/{iso}/ checksum',
        },
      ],
    },
  ],
  extracted: [
    { path: 'sysresccd/boot/x86_64/vmlinuz', sizeBytes: 14_001_152 },
    { path: 'sysresccd/boot/x86_64/sysresccd.img', sizeBytes: 118_489_088 },
  ],
});

export const memoryTest = description({
  id: 'memtest86plus-7.20',
  name: 'Memtest86+ 7.20',
  version: '7.20',
  architecture: 'x86_64',
  recipe: 'memtest86plus',
  volumeLabel: 'MT86PLUS_64',
  sizeBytes: 6_111_232,
  secureBoot: 'unknown',
  evidence: ['boot/memtest is a Memtest86+ kernel'],
  entries: [
    {
      id: 'default',
      title: 'Test the memory',
      destructive: false,
      variants: [
        { firmware: ['bios', 'uefi-x64'], method: 'linux', kernel: 'boot/memtest', initrds: [], commandLine: '' },
      ],
    },
  ],
  extracted: [{ path: 'boot/memtest', sizeBytes: 145_408 }],
});

/** Nobody's recipe: its own menu was read. */
export const unknownImage = description({
  id: 'vendor-diag',
  name: 'VENDOR_DIAG',
  recipe: 'generic',
  volumeLabel: 'VENDOR_DIAG',
  sizeBytes: 412_090_368,
  secureBoot: 'unknown',
  evidence: ['No recipe knows this layout', 'boot/grub/grub.cfg names 3 kernels'],
  entries: [
    {
      id: 'diag-fast',
      title: 'Diagnostics (fast)',
      destructive: false,
      variants: [
        {
          firmware: ['bios', 'uefi-x64'],
          method: 'linux',
          kernel: 'boot/bzImage',
          initrds: ['boot/core.gz'],
          commandLine: 'loglevel=3 diag=fast',
        },
      ],
    },
    {
      id: 'diag-full',
      title: 'Diagnostics (full, 2 hours)',
      destructive: false,
      variants: [
        {
          firmware: ['bios', 'uefi-x64'],
          method: 'linux',
          kernel: 'boot/bzImage',
          initrds: ['boot/core.gz'],
          commandLine: 'loglevel=3 diag=full',
        },
      ],
    },
    {
      id: 'restore',
      title: 'Restore factory image',
      destructive: true,
      variants: [
        {
          firmware: ['uefi-x64'],
          method: 'linux',
          kernel: 'boot/bzImage',
          initrds: ['boot/core.gz', 'boot/restore.gz'],
          commandLine: 'loglevel=3 restore=auto',
        },
      ],
    },
  ],
  defaultEntryId: 'diag-fast',
  extracted: [
    { path: 'boot/bzImage', sizeBytes: 6_201_344 },
    { path: 'boot/core.gz', sizeBytes: 21_004_288 },
    { path: 'boot/restore.gz', sizeBytes: 3_402_112 },
  ],
});

/** Known, and without a way over a network. */
export const freebsd: ImageDescription = {
  ...memoryTest,
  id: 'freebsd-14-0',
  path: '/home/sam/isos/FreeBSD-14.0-RELEASE-amd64-dvd1.iso',
  name: 'FreeBSD 14.0',
  recipe: 'freebsd',
  mechanism: 'bsd',
  version: '14.0',
  volumeLabel: '14_0_RELEASE_AMD64_DVD',
  netboot: {
    possible: false,
    because:
      'Its kernel looks for its disc once the loader is done, and stops with mount error 19: it needs a root file system over NFS, which this station does not export. Take an mfsBSD image of the same release, or write this one to a USB stick.',
  },
  firmware: [],
  memoryNeededMiB: undefined,
  entries: [],
  defaultEntryId: '',
  extracted: [],
  evidence: ['Its volume label is "14_0_RELEASE_AMD64_DVD".', 'It has boot/kernel/kernel and boot/loader.efi.'],
};

export function libraryImage(of: ImageDescription, own: Partial<LibraryImage> = {}): LibraryImage {
  return {
    id: of.id,
    path: of.path,
    name: of.name,
    sizeBytes: of.sizeBytes,
    addedAtMs: sceneNowMs - 3 * 86_400_000,
    state: 'ready',
    description: of,
    ...own,
  };
}

/** A laptop on a bench: two images, a wired card, and cards that do not fit. */
export const benchStation: StationState = {
  ...emptyStation,
  interfaces: [wiredBench, usbAdapter, unplugged, wireless, container],
  images: [libraryImage(debianInstaller), libraryImage(rescueSystem), libraryImage(memoryTest)],
};
