import { type CatalogueCase, initrd, isolinux, linux } from './case.ts';

const installer = (label: string, info: string) => ({
  label,
  files: {
    ...(info === '' ? {} : { '.disk/info': info }),
    'install.amd/vmlinuz': linux,
    'install.amd/initrd.gz': initrd,
    'dists/stable/Release': 'x',
    'EFI/boot/bootx64.efi': 512,
    'isolinux/isolinux.cfg': isolinux('Install | /install.amd/vmlinuz | /install.amd/initrd.gz | vga=788 --- quiet'),
  },
});
const expected = {
  mechanism: 'debian-installer',
  architecture: 'x86_64',
  entries: ['Install!'],
  commandLine: 'vga=788 --- quiet',
} as const;

export const debianCases: readonly CatalogueCase[] = [
  ...(
    [
      [
        'Debian netinst',
        'Debian 12.5.0 amd64 n',
        'Debian GNU/Linux 12.5.0 "Bookworm" - Official amd64 NETINST',
        'debian-netinst',
        'Debian 12.5.0 network installer (netinst)',
        '12.5.0',
      ],
      [
        'Debian DVD',
        'Debian 12.5.0 amd64 1',
        'Debian GNU/Linux 12.5.0 "Bookworm" - Official amd64 DVD Binary-1',
        'debian-dvd',
        'Debian 12.5.0 installer',
        '12.5.0',
      ],
      [
        'Kali installer',
        'Kali Linux amd64 1',
        'Kali GNU/Linux 2024.1 "Kali-last-snapshot" - Official amd64 BD Binary-1',
        'kali-installer',
        'Kali Linux 2024.1 installer',
        '2024.1',
      ],
      ['Devuan installer', 'Devuan 5.0.0 amd64 netinst', '', 'devuan-installer', 'Devuan 5.0.0 installer', '5.0.0'],
      ['Peppermint', 'Peppermint 2024', '', 'peppermint-installer', 'Peppermint OS 2024 network installer', '2024'],
      [
        'another of the family',
        'FooBian 3',
        'FooBian 3 "x" - Official amd64 CD',
        'debian-installer',
        'FooBian 3 "x"',
        '3',
      ],
    ] as const
  ).map(([title, label, info, recipe, name, version]) => ({
    ...expected,
    title,
    image: installer(label, info),
    recipe,
    name,
    version,
  })),
  {
    ...expected,
    title: 'Ubuntu Server 18.04 (classic), which holds its own netboot installer',
    image: {
      label: 'Ubuntu-Server 18.04.6 LTS amd64',
      files: {
        '.disk/info': 'Ubuntu-Server 18.04.6 LTS "Bionic Beaver" - Release amd64 (20210915)',
        'install/vmlinuz': linux,
        'install/initrd.gz': initrd,
        'install/filesystem.squashfs': 4096,
        'install/netboot/ubuntu-installer/amd64/linux': linux,
        'install/netboot/ubuntu-installer/amd64/initrd.gz': initrd,
        'dists/bionic/Release': 'x',
      },
    },
    recipe: 'ubuntu-server-legacy',
    name: 'Ubuntu Server 18.04.6 (classic installer)',
    version: '18.04.6',
    entries: ['Install Ubuntu Server!'],
    commandLine:
      'mirror/country=manual mirror/protocol=http mirror/http/hostname={ip}:{port} mirror/http/directory=/{iso} mirror/http/proxy= live-installer/net-image={http}/{iso}/install/filesystem.squashfs --- quiet',
  },
];
