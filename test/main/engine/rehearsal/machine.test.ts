import { describe, expect, it } from 'vitest';
import { dhcpOption, readOption } from '../../../../main/engine/dhcp/options.ts';
import { ipxeBootScript, ipxeIdentifyScript, ipxeNothingScript } from '../../../../main/engine/boot/ipxe-script.ts';
import { grubBootScript, grubIdentifyScript } from '../../../../main/engine/boot/grub-session-script.ts';
import { machine } from '../../../../main/engine/rehearsal/machine.ts';
import type { Sent } from '../../../../main/engine/rehearsal/machine-talk.ts';
import { liveEntry, menu } from '../boot/menu-fixture.ts';
import { ADDRESS, BASE, converse, nothing, profile, station, type StationScript } from './conversation.ts';

const MIB = 1024 * 1024;
const served = { ...menu, baseUrl: BASE };
const [liveVariant] = liveEntry.variants;
if (liveVariant === undefined) throw new Error('No variant');

const usual: StationScript = {
  bootFiles: {
    'PXEClient:Arch:00000:UNDI:002001 iPXE': `${BASE}/boot.ipxe`,
    'PXEClient:Arch:00000': 'undionly.kpxe',
    'PXEClient:Arch:00007': 'snponly.efi',
    'PXEClient:Arch:00011': 'ipxe-arm64.efi',
    'HTTPClient:Arch:00016': `${BASE}/snponly.efi`,
  },
  files: {
    'undionly.kpxe': 70_000,
    'snponly.efi': 270_000,
    'ipxe-arm64.efi': 1_000_000,
    [`${BASE}/snponly.efi`]: 270_000,
    'autoexec.ipxe': ipxeIdentifyScript(BASE),
    [`${BASE}/boot.ipxe`]: ipxeIdentifyScript(BASE),
    [`${BASE}/machine.ipxe`]: ipxeBootScript(served, liveEntry, liveVariant),
    [`${BASE}/debian-12/live/vmlinuz`]: 8 * MIB,
    [`${BASE}/debian-12/live/initrd.img`]: 40 * MIB,
    [`${BASE}/debian-12/live/microcode.img`]: MIB,
    [`${BASE}/debian-12/live/filesystem.squashfs`]: 20 * MIB,
  },
};

const lease = (vendorClass: string): string[] => [`DISCOVER ${vendorClass}`, `REQUEST ${vendorClass}`];
const system = lease('dhcpcd-10.1.0:Linux-6.12.0-rehearsal');
const SQUASHFS = `GET ${BASE}/debian-12/live/filesystem.squashfs`;
const fetchesAll = [
  `GET ${BASE}/debian-12/live/vmlinuz`,
  `GET ${BASE}/debian-12/live/initrd.img`,
  `GET ${BASE}/debian-12/live/microcode.img`,
  ...lease('Linux ipconfig'),
  `${SQUASHFS} 0-8388607`,
  `${SQUASHFS} 8388608-16777215`,
  `${SQUASHFS} 16777216-25165823`,
  ...system,
];
const facts =
  'uuid=4c4c4544-0043-4510-8052-c3c04f4d3433&serial=5CG1234&manufacturer=LENOVO&product=ThinkPad%20T14%20Gen%203&asset=&memory=00:10,00:10,,,,,,&large=,,,,,,,&cpumodel=AMD%20Ryzen%205%20PRO%205650GE&processor=&chip=rtl8168';
const identifies = (platform: string): string =>
  `GET ${BASE}/machine.ipxe?mac=48:c3:5a:00:00:01&${facts}&${platform}&version=1.21.1`;
const uefiLoader = [
  ...lease('PXEClient:Arch:00007:UNDI:003000'),
  'TFTP snponly.efi (size) tsize 0 blksize 1468 windowsize 4',
  'TFTP snponly.efi blksize 1468 windowsize 4',
];
const uefiIpxe = [...uefiLoader, 'TFTP autoexec.ipxe blksize 1432 tsize 0', identifies('platform=efi&arch=x86_64')];

describe('a machine', () => {
  it.each([
    ['UEFI x64', profile, { kind: 'running' }, [...uefiIpxe, ...fetchesAll]],
    [
      'BIOS, whose iPXE asks for an address of its own',
      { ...profile, firmware: 'bios' as const },
      { kind: 'running' },
      [
        ...lease('PXEClient:Arch:00000:UNDI:002001'),
        'TFTP undionly.kpxe (size) tsize 0 blksize 1456',
        'TFTP undionly.kpxe blksize 1456',
        ...lease('PXEClient:Arch:00000:UNDI:002001 iPXE'),
        `GET ${BASE}/boot.ipxe`,
        identifies('platform=pcbios&arch=i386'),
        ...fetchesAll,
      ],
    ],
    ['a loader that hangs', { ...profile, behaviour: 'hangs-in-loader' as const }, { kind: 'hung' }, uefiLoader],
    [
      'Secure Boot',
      { ...profile, behaviour: 'secure-boot' as const },
      { kind: 'loader-refused', loader: 'snponly.efi' },
      [
        ...uefiLoader,
        ...lease('HTTPClient:Arch:00016:UNDI:003000'),
        `HEAD ${BASE}/snponly.efi`,
        `GET ${BASE}/snponly.efi`,
      ],
    ],
    [
      'power that fails',
      { ...profile, behaviour: 'loses-power' as const },
      { kind: 'power-lost' },
      [...uefiIpxe, `GET ${BASE}/debian-12/live/vmlinuz`, `GET ${BASE}/debian-12/live/initrd.img and stops`],
    ],
    [
      'power that fails once',
      { ...profile, behaviour: 'restarts' as const },
      { kind: 'running' },
      [
        ...uefiIpxe,
        `GET ${BASE}/debian-12/live/vmlinuz`,
        `GET ${BASE}/debian-12/live/initrd.img and stops`,
        ...uefiIpxe,
        ...fetchesAll,
      ],
    ],
  ])('with %s says', (_title, machineProfile, end, said) => {
    expect(converse(machine(machineProfile), station(usual))).toEqual({ end, said });
  });

  it('starts shim and GRUB, with Secure Boot on, and does as their scripts say', () => {
    const bootFiles = { ...usual.bootFiles, 'HTTPClient:Arch:00016': `${BASE}/shimx64.efi` };
    const variant = {
      firmware: ['uefi-x64'],
      method: 'linux',
      kernel: 'live/vmlinuz',
      initrds: ['live/initrd.img'],
    } as const;
    const [machineCfg, entry] = [`${BASE}/grub/machine.cfg`, { id: 'live', title: 'Live', destructive: false }];
    const files = {
      ...usual.files,
      [`${BASE}/shimx64.efi`]: 900_000,
      [`${BASE}/grubx64.efi`]: 2_000_000,
      [`${BASE}/grub/grub.cfg`]: grubIdentifyScript(BASE),
      [machineCfg]: grubBootScript(
        { title: 'Debian', imageId: 'debian-12', entries: [], defaultEntryId: 'live', baseUrl: BASE, mac: profile.mac },
        { ...entry, variants: [] },
        { ...variant, firmware: [...variant.firmware], initrds: [...variant.initrds], commandLine: 'quiet' },
      ),
    };
    const { end, said } = converse(machine({ ...profile, behaviour: 'secure-boot' }), station({ bootFiles, files }));
    expect(end).toEqual({ kind: 'running' });
    expect(said.filter((line) => line.startsWith('GET')).map((line) => line.replace(/\?.*/, ''))).toEqual([
      `GET ${BASE}/shimx64.efi`,
      `GET ${BASE}/grubx64.efi`,
      `GET ${BASE}/grub/grub.cfg`,
      `GET ${machineCfg}`,
      `GET ${BASE}/debian-12/live/vmlinuz`,
      `GET ${BASE}/debian-12/live/initrd.img`,
    ]);
  });

  it('takes a loader that is signed, with Secure Boot on', () => {
    const shim = { 'PXEClient:Arch:00007': 'secure/shimx64.efi' };
    const answers = station({ bootFiles: shim, files: { ...usual.files, 'secure/shimx64.efi': 900_000 } });
    expect(converse(machine({ ...profile, behaviour: 'secure-boot' }), answers).end).toEqual({ kind: 'running' });
  });

  it('has an iPXE of its own address where there is no autoexec.ipxe', () => {
    const { 'autoexec.ipxe': _none, ...files } = usual.files;
    const bootFiles = { 'PXEClient:Arch:00007:UNDI:003000 iPXE': `${BASE}/boot.ipxe`, ...usual.bootFiles };
    const { end, said } = converse(machine(profile), station({ bootFiles, files }));
    expect(end).toEqual({ kind: 'running' });
    expect(said).toContain('REQUEST PXEClient:Arch:00007:UNDI:003000 iPXE');
    expect(said).toContain(`GET ${BASE}/boot.ipxe`);
  });

  it.each([
    ['nobody answers', () => nothing, { kind: 'failed', reason: 'nobody gave it an address' }],
    [
      'it is told nothing to boot',
      station({ ...usual, bootFiles: {} }),
      { kind: 'own-disk', reason: 'it was told nothing to boot' },
    ],
    [
      'its loader is not there',
      station({ ...usual, files: {} }),
      { kind: 'failed', reason: 'snponly.efi is not there' },
    ],
    [
      'its script sends it away',
      station({ ...usual, files: { ...usual.files, [`${BASE}/machine.ipxe`]: ipxeNothingScript('Not you') } }),
      { kind: 'own-disk', reason: 'its script told it to go on without the network' },
    ],
    [
      'a file of the system is not there',
      station({ ...usual, files: without(`${BASE}/debian-12/live/filesystem.squashfs`) }),
      { kind: 'failed', reason: `${BASE}/debian-12/live/filesystem.squashfs is not there` },
    ],
    [
      'its initrd never comes, however often it asks for its script again',
      station({ ...usual, files: without(`${BASE}/debian-12/live/initrd.img`) }),
      { kind: 'failed', reason: 'its scripts led from one to the next without end' },
    ],
  ])('ends where %s', (_title, answers, end) => {
    expect(converse(machine(profile), answers).end).toEqual(end);
  });

  function without(name: string): StationScript['files'] {
    return Object.fromEntries(Object.entries(usual.files).filter(([file]) => file !== name));
  }

  it('asks again where an answer is lost, for the address that it was offered', () => {
    const answers = station(usual);
    const requests: Sent[] = [];
    let lost = 2;
    const { end, said } = converse(machine(profile), (sent) => {
      if (sent.kind === 'dhcp' && sent.message === 'REQUEST') requests.push(sent);
      return sent.kind === 'dhcp' && lost-- > 0 ? nothing : answers(sent);
    });
    expect(end).toEqual({ kind: 'running' });
    expect(said.slice(0, 4).map((line) => line.split(' ')[0])).toEqual(['DISCOVER', 'DISCOVER', 'DISCOVER', 'REQUEST']);
    const [first] = requests;
    if (first?.kind !== 'dhcp') throw new Error('No request');
    expect(readOption(first.packet.options ?? new Map(), dhcpOption.requestedAddress)).toBe(ADDRESS);
  });
});
