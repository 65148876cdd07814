import { type CatalogueCase, efiLoader } from './case.ts';
import { wimBytes } from '../../formats/wim-bytes.ts';

const wim = (
  ...images: readonly { name: string; edition: string; type: string; arch?: string; build: number; major?: string }[]
): Uint8Array =>
  wimBytes({
    xml: `<WIM>${images
      .map(({ name, edition, type, arch = '9', build, major = '10.0' }, index) => {
        const [first = '', second = ''] = major.split('.');
        return `<IMAGE INDEX="${index + 1}"><NAME>${name}</NAME><WINDOWS><ARCH>${arch}</ARCH><EDITIONID>${edition}</EDITIONID><INSTALLATIONTYPE>${type}</INSTALLATIONTYPE><VERSION><MAJOR>${first}</MAJOR><MINOR>${second}</MINOR><BUILD>${build}</BUILD></VERSION></WINDOWS></IMAGE>`;
      })
      .join('')}</WIM>`,
  });

const pe = (build: number, arch = '9', major = '10.0'): Uint8Array =>
  wim({ name: 'Microsoft Windows Setup', edition: 'WindowsPE', type: 'WindowsPE', arch, build, major });

const setup = (
  label: string,
  install: Uint8Array,
  boot: Uint8Array,
  installName = 'install.wim',
  uefi = 'bootx64',
) => ({
  label,
  files: {
    'sources/boot.wim': boot,
    [`sources/${installName}`]: install,
    'sources/setup.exe': 4096,
    bootmgr: 4096,
    'bootmgr.efi': efiLoader,
    'boot/bcd': 4096,
    'boot/boot.sdi': 4096,
    [`efi/boot/${uefi}.efi`]: 512,
    'setup.exe': 1,
  },
});
const expected = {
  mechanism: 'wimboot',
  architecture: 'x86_64',
  entries: ['Windows Setup!'],
  method: 'wimboot',
  commandLine: '',
  warns: 'SMB',
} as const;

export const windowsCases: readonly CatalogueCase[] = [
  {
    ...expected,
    title: 'Windows 11',
    image: setup(
      'CCCOMA_X64FRE_EN-US_DV9',
      wim(
        { name: 'Windows 11 Home', edition: 'Core', type: 'Client', build: 26100 },
        { name: 'Windows 11 Pro', edition: 'Professional', type: 'Client', build: 26100 },
      ),
      pe(26100),
    ),
    recipe: 'windows-11',
    name: 'Windows 11 setup (10.0.26100)',
    version: '10.0.26100',
  },
  {
    ...expected,
    title: 'Windows 11 for arm64, with an ESD',
    image: setup(
      'CCCOMA_A64FRE_EN-US_DV9',
      wim({ name: 'Windows 11 Pro', edition: 'Professional', type: 'Client', arch: '12', build: 22631 }),
      pe(22631, '12'),
      'install.esd',
      'bootaa64',
    ),
    recipe: 'windows-11',
    name: 'Windows 11 setup (10.0.22631)',
    version: '10.0.22631',
    architecture: 'aarch64',
  },
  {
    ...expected,
    title: 'Windows 10',
    image: setup(
      'ESD-ISO',
      wim({ name: 'Windows 10 Pro', edition: 'Professional', type: 'Client', build: 19045 }),
      pe(19041),
      'install.esd',
    ),
    recipe: 'windows-10',
    name: 'Windows 10 setup (10.0.19045)',
    version: '10.0.19045',
  },
  {
    ...expected,
    title: 'Windows 7',
    image: setup(
      'GRMCPRXFRER_EN_DVD',
      wim({ name: 'Windows 7 PROFESSIONAL', edition: 'Professional', type: 'Client', build: 7601, major: '6.1' }),
      pe(7601, '9', '6.1'),
    ),
    recipe: 'windows-old',
    name: 'Windows setup (6.1.7601)',
    version: '6.1.7601',
  },
  {
    ...expected,
    title: 'Windows Server, whose label says nothing',
    image: setup(
      'DVD',
      wim(
        {
          name: 'Windows Server 2022 SERVERSTANDARDCORE',
          edition: 'ServerStandard',
          type: 'Server Core',
          build: 20348,
        },
        { name: 'Windows Server 2022 SERVERSTANDARD', edition: 'ServerStandard', type: 'Server', build: 20348 },
      ),
      pe(20348),
    ),
    recipe: 'windows-server',
    name: 'Windows Server setup (10.0.20348)',
    version: '10.0.20348',
  },
  {
    ...expected,
    title: 'a setup disc whose install.wim cannot be read',
    image: setup('SETUP', new Uint8Array(300), pe(26100)),
    recipe: 'windows-setup',
    name: 'Windows setup',
    version: '10.0.26100',
  },
  {
    ...expected,
    title: 'WinPE',
    image: {
      label: 'WINPE',
      files: {
        'sources/boot.wim': pe(22621),
        'boot/bcd': 4096,
        'boot/boot.sdi': 4096,
        bootmgr: 1,
        'EFI/Boot/bootx64.efi': 512,
      },
    },
    recipe: 'winpe',
    name: 'Windows PE',
    version: '10.0.22621',
    entries: ['Windows PE'],
    warns: 'programs beside it',
  },
  {
    ...expected,
    title: "Hiren's BootCD PE",
    image: {
      label: 'HBCD_PE_X64',
      files: { 'sources/boot.wim': pe(22621), 'boot/bcd': 1, 'boot/boot.sdi': 1, 'Version.txt': '1.0.8' },
    },
    recipe: 'hirens-pe',
    name: "Hiren's BootCD PE",
    version: '10.0.22621',
    entries: ["Hiren's BootCD PE"],
    warns: 'PENetwork',
  },
  {
    ...expected,
    title: "Strelec's WinPE",
    image: {
      label: 'STRELEC',
      files: { 'SSTR/strelec11x64Eng.wim': pe(22621), 'SSTR/strelec10Eng.wim': pe(19041, '0'), 'boot/boot.sdi': 1 },
    },
    recipe: 'strelec',
    name: "Sergei Strelec's WinPE",
    version: '10.0.22621',
    entries: ['WinPE'],
    warns: 'SSTR',
  },
];
