import { type CatalogueCase, cpioOf, efiLoader, grub, initrd, isolinux, linux, linuxArm } from './case.ts';

const repo = 'ip=dhcp rd.neednet=1 inst.repo={http}/{iso}/ BOOTIF=01-{mac-}';
const stage2 = 'ip=dhcp rd.neednet=1 inst.stage2={http}/{iso}/ BOOTIF=01-{mac-}';

const treeinfo = (family: string, version: string): string =>
  `[checksums]\nimages/install.img = sha256:00\n\n[general]\nfamily = ${family}\nname = ${family} ${version}\narch = x86_64\nversion = ${version}\n`;

/** An Anaconda disc with its own menu: BIOS names the check of the disc as default. */
const disc = (label: string, info: string, more: Record<string, string | Uint8Array | number> = {}) => ({
  label,
  files: {
    '.treeinfo': info,
    '.discinfo': '1700000000.0\n9\nx86_64\n',
    'images/install.img': 1024 * 1024,
    'images/pxeboot/vmlinuz': linux,
    'images/pxeboot/initrd.img': initrd,
    'isolinux/vmlinuz': linux,
    'isolinux/initrd.img': initrd,
    'EFI/BOOT/BOOTX64.EFI': efiLoader,
    'isolinux/isolinux.cfg': isolinux(
      `^Install | /images/pxeboot/vmlinuz | /images/pxeboot/initrd.img | inst.stage2=hd:LABEL=${label} quiet`,
      `Test this ^media & install | /images/pxeboot/vmlinuz | /images/pxeboot/initrd.img | inst.stage2=hd:LABEL=${label} rd.live.check quiet`,
      `^Rescue a system | /images/pxeboot/vmlinuz | /images/pxeboot/initrd.img | inst.stage2=hd:LABEL=${label} inst.rescue quiet`,
    ),
    ...more,
  },
});

const packages = { 'BaseOS/repodata/repomd.xml': 'x', 'AppStream/repodata/repomd.xml': 'x' };
const expected = {
  mechanism: 'anaconda',
  architecture: 'x86_64',
  entries: ['Install!', 'Rescue a system'],
  commandLine: `quiet ${repo}`,
} as const;

export const anacondaCases: readonly CatalogueCase[] = [
  ...(
    [
      [
        'Red Hat Enterprise Linux',
        'RHEL-9-3-0-BaseOS-x86_64',
        'Red Hat Enterprise Linux',
        '9.3',
        'rhel',
        'Red Hat Enterprise Linux 9.3 installer',
      ],
      ['Rocky Linux', 'Rocky-9-3-x86_64-dvd', 'Rocky Linux', '9.3', 'rocky', 'Rocky Linux 9.3 installer'],
      ['AlmaLinux', 'AlmaLinux-9-3-x86_64-dvd', 'AlmaLinux', '9.3', 'almalinux', 'AlmaLinux 9.3 installer'],
      [
        'CentOS Stream',
        'CentOS-Stream-9-BaseOS-x86_64',
        'CentOS Stream',
        '9',
        'centos-stream',
        'CentOS Stream 9 installer',
      ],
      [
        'Oracle Linux',
        'OL-9-3-0-BaseOS-x86_64',
        'Oracle Linux Server',
        '9.3',
        'oracle-linux',
        'Oracle Linux 9.3 installer',
      ],
      ['openEuler', 'openEuler-22.03-LTS-x86_64', 'openEuler', '22.03', 'openeuler', 'openEuler 22.03 installer'],
      ['CloudLinux', 'CloudLinux-9-3-x86_64-dvd', 'CloudLinux', '9.3', 'cloudlinux', 'CloudLinux 9.3 installer'],
      ['Anolis OS', 'Anolis-8-8-x86_64-dvd', 'Anolis OS', '8.8', 'anolis', 'Anolis OS 8.8 installer'],
      ['another of the family', 'EL-9-3-x86_64-dvd', 'EuroLinux', '9.3', 'anaconda', 'EuroLinux 9.3'],
    ] as const
  ).map(([title, label, family, version, recipe, name]) => ({
    ...expected,
    title,
    image: disc(label, treeinfo(family, version), packages),
    recipe,
    name,
    version,
  })),
  {
    ...expected,
    title: 'Fedora Server',
    image: disc('Fedora-S-dvd-x86_64-40', treeinfo('Fedora', '40'), {
      'repodata/repomd.xml': 'x',
      'Packages/a/a.rpm': 1,
    }),
    recipe: 'fedora',
    name: 'Fedora 40 installer',
    version: '40',
  },
  {
    ...expected,
    title: 'Fedora Everything netinst, which holds no packages',
    image: disc('Fedora-E-dvd-x86_64-40', treeinfo('Fedora', '40')),
    recipe: 'fedora',
    name: 'Fedora 40 installer',
    version: '40',
    commandLine: `quiet ${stage2}`,
    warns: 'It holds no packages',
  },
  {
    ...expected,
    title: 'Rocky Linux for arm64 with nothing but a label',
    image: {
      label: 'Rocky-9-3-aarch64-dvd',
      boots: ['uefi'],
      files: {
        'images/install.img': 4096,
        'images/pxeboot/vmlinuz': linuxArm,
        'images/pxeboot/initrd.img': initrd,
        'BaseOS/repodata/repomd.xml': 'x',
        'EFI/BOOT/BOOTAA64.EFI': 512,
      },
    },
    recipe: 'rocky',
    name: 'Rocky Linux 9-3 installer',
    version: '9-3',
    architecture: 'aarch64',
    entries: ['Install!', 'Rescue'],
    commandLine: `${repo} quiet`,
  },
  {
    ...expected,
    title: 'CentOS 7, whose second stage is a LiveOS',
    image: {
      label: 'CentOS 7 x86_64',
      files: {
        '.treeinfo':
          '[general]\nname = CentOS-7\nfamily = CentOS\nversion = 7\n[stage2]\nmainimage = LiveOS/squashfs.img\n',
        '.discinfo': '1587747397.0\n7.8\nx86_64\n',
        'LiveOS/squashfs.img': 4096,
        'images/pxeboot/vmlinuz': linux,
        'images/pxeboot/initrd.img': initrd,
        'isolinux/vmlinuz': linux,
        'isolinux/initrd.img': initrd,
        'repodata/repomd.xml': 'x',
        'isolinux/isolinux.cfg': isolinux(
          '^Install CentOS 7 | vmlinuz | initrd.img | inst.stage2=hd:LABEL=CentOS\\x207\\x20x86_64 quiet',
        ),
      },
    },
    recipe: 'centos',
    name: 'CentOS 7 installer',
    version: '7',
    entries: ['Install CentOS 7!'],
  },
  {
    title: 'an image mode installer, which wants its disc',
    image: disc('Fedora-Silverblue-ostree-x86_64-40', treeinfo('Fedora', '40'), { 'ostree/repo/config': 'x' }),
    mechanism: 'anaconda',
    architecture: 'x86_64',
    recipe: 'anaconda-container',
    name: 'Container-based Anaconda installer',
    version: '40',
    entries: [],
    cannot: 'installs a container image',
  },
];

const coreos = (label: string) => ({
  label,
  files: {
    'images/pxeboot/vmlinuz': linux,
    'images/pxeboot/initrd.img': initrd,
    'images/pxeboot/rootfs.img': 4096,
    'images/ignition.img': 4096,
    'EFI/fedora/grub.cfg': 'x',
    'EFI/BOOT/BOOTX64.EFI': efiLoader,
    'isolinux/isolinux.cfg': isolinux(
      `Live system | /images/pxeboot/vmlinuz | /images/pxeboot/initrd.img /images/ignition.img | mitigations=auto,nosmt coreos.liveiso=${label} ignition.firstboot ignition.platform.id=metal`,
    ),
  },
});
const rootfs = 'coreos.live.rootfs_url={http}/{iso}/images/pxeboot/rootfs.img ip=dhcp rd.neednet=1 BOOTIF=01-{mac-}';

export const coreosCases: readonly CatalogueCase[] = [
  ...(
    [
      [
        'Fedora CoreOS',
        'fedora-coreos-39.20240128.3.0',
        'fedora-coreos',
        'Fedora CoreOS 39.20240128.3.0',
        '39.20240128.3.0',
      ],
      [
        'RHCOS',
        'rhcos-414.92.202310170514-0',
        'rhcos',
        'Red Hat Enterprise Linux CoreOS 414.92.202310170514-0',
        '414.92.202310170514-0',
      ],
      ['SCOS', 'scos-9.0.20240101-0', 'scos', 'CentOS Stream CoreOS 9.0.20240101-0', '9.0.20240101-0'],
    ] as const
  ).map(([title, label, recipe, name, version]) => ({
    title,
    image: coreos(label),
    mechanism: 'coreos-rootfs',
    architecture: 'x86_64',
    recipe,
    name,
    version,
    entries: ['Live system'],
    commandLine: `mitigations=auto,nosmt ignition.firstboot ignition.platform.id=metal ${rootfs}`,
  })),
  {
    title: 'another of the family',
    image: coreos('acme-coreos'),
    mechanism: 'coreos-rootfs',
    architecture: 'x86_64',
    recipe: 'coreos',
    name: 'acme-coreos',
    entries: ['Live system'],
    commandLine: `mitigations=auto,nosmt ignition.firstboot ignition.platform.id=metal ${rootfs}`,
  },
  {
    title: 'the agent installer of OpenShift',
    image: coreos('agent-x86_64'),
    mechanism: 'coreos-rootfs',
    recipe: 'openshift-agent',
    name: 'OpenShift agent installer',
    architecture: 'x86_64',
    entries: [],
    cannot: 'only a machine started from the disc',
  },
];

const live = (
  label: string,
  kernel: string,
  kernelInitrd: string,
  words: string,
  more: Record<string, string | Uint8Array | number> = {},
) => ({
  label,
  files: {
    'LiveOS/squashfs.img': 4096,
    [kernel.slice(1)]: linux,
    [kernelInitrd.slice(1)]: initrd,
    'EFI/BOOT/BOOTX64.EFI': efiLoader,
    'boot/grub2/grub.cfg': grub(
      `Start ${label} | ${kernel} | ${kernelInitrd} | root=live:CDLABEL=${label} ${words}`,
      `Test this media & start | ${kernel} | ${kernelInitrd} | root=live:CDLABEL=${label} ${words} rd.live.check`,
    ),
    ...more,
  },
});
const fetched = 'root=live:{http}/{iso}/LiveOS/squashfs.img ip=dhcp rd.neednet=1 BOOTIF=01-{mac-}';

export const dracutCases: readonly CatalogueCase[] = [
  {
    title: 'Fedora Workstation',
    image: live(
      'Fedora-WS-Live-40-1-14',
      '/images/pxeboot/vmlinuz',
      '/images/pxeboot/initrd.img',
      'rd.live.image quiet rhgb',
    ),
    mechanism: 'dracut-live',
    architecture: 'x86_64',
    recipe: 'fedora-live',
    name: 'Fedora 40 live',
    version: '40',
    entries: ['Start Fedora-WS-Live-40-1-14'],
    commandLine: `rd.live.image quiet rhgb ${fetched}`,
    warns: 'livenet',
  },
  {
    title: 'Fedora KDE 42, built by kiwi',
    image: live(
      'Fedora-KDE-Live-42',
      '/boot/x86_64/loader/linux',
      '/boot/x86_64/loader/initrd',
      'rd.live.image quiet rhgb',
    ),
    mechanism: 'dracut-live',
    architecture: 'x86_64',
    recipe: 'fedora-live-kiwi',
    name: 'Fedora 42 live',
    version: '42',
    entries: ['Start Fedora-KDE-Live-42'],
    commandLine: `rd.live.image quiet rhgb ${fetched}`,
  },
  {
    title: 'openSUSE Leap 16 (Agama)',
    image: live('Install-Leap-x86_64', '/boot/x86_64/loader/linux', '/boot/x86_64/loader/initrd', 'rd.live.image', {
      'LiveOS/.info': 'Agama installer',
      'install/media.1/products': 'x',
    }),
    mechanism: 'dracut-live',
    architecture: 'x86_64',
    recipe: 'agama',
    name: 'SUSE installer (Agama)',
    entries: ['Start Install-Leap-x86_64!'],
    commandLine: 'rd.live.image root=live:{http}/{iso}.iso ip=dhcp rd.neednet=1 BOOTIF=01-{mac-}',
  },
  {
    title: 'openSUSE Tumbleweed live',
    image: live(
      'openSUSE_Tumbleweed_KDE_Live',
      '/boot/x86_64/loader/linux',
      '/boot/x86_64/loader/initrd',
      'rd.live.image',
    ),
    mechanism: 'dracut-live',
    architecture: 'x86_64',
    recipe: 'opensuse-live',
    name: 'openSUSE live',
    entries: ['Start openSUSE_Tumbleweed_KDE_Live'],
    commandLine: 'rd.live.image rd.kiwi.live.pxe root=live:{http}/{iso}.iso ip=dhcp rd.neednet=1 BOOTIF=01-{mac-}',
  },
  {
    title: 'hrmpf',
    image: live('hrmpf', '/boot/vmlinuz', '/boot/initrd', 'init=/sbin/init ro rd.luks=0 rd.md=0 rd.dm=0'),
    mechanism: 'dracut-live',
    architecture: 'x86_64',
    recipe: 'hrmpf',
    name: 'hrmpf rescue system',
    entries: ['Start hrmpf'],
    commandLine: `init=/sbin/init ro rd.luks=0 rd.md=0 rd.dm=0 ${fetched}`,
  },
  {
    title: 'OpenMandriva',
    image: live('OMLx.5.0-plasma', '/boot/vmlinuz0', '/boot/initrd0.img', 'rd.live.image rhgb'),
    mechanism: 'dracut-live',
    architecture: 'x86_64',
    recipe: 'openmandriva-live',
    name: 'OpenMandriva 5.0 live',
    version: '5.0',
    entries: ['Start OMLx.5.0-plasma'],
    commandLine: `rd.live.image rhgb ${fetched}`,
  },
  {
    title: 'Kairos',
    image: {
      label: 'COS_LIVE',
      files: {
        'rootfs.squashfs': 4096,
        'boot/kernel': linux,
        'boot/initrd': initrd,
        'boot/grub2/grub.cfg': grub(
          'Kairos | /boot/kernel | /boot/initrd | cdrom root=live:CDLABEL=COS_LIVE rd.live.dir=/ rd.live.squashimg=rootfs.squashfs rd.live.image console=tty1 rd.cos.disable install-mode',
        ),
      },
    },
    mechanism: 'dracut-live',
    architecture: 'x86_64',
    recipe: 'kairos',
    name: 'Kairos',
    entries: ['Kairos!'],
    commandLine:
      'cdrom rd.live.image console=tty1 install-mode root=live:{http}/{iso}/rootfs.squashfs rd.live.image rd.cos.disable netboot ip=dhcp rd.neednet=1 BOOTIF=01-{mac-}',
  },
  {
    title: 'Harvester',
    image: {
      label: 'COS_LIVE',
      files: {
        'harvester-release.yaml': 'harvester: v1.3.0\nos: Harvester v1.3.0\n',
        'rootfs.squashfs': 4096,
        'boot/kernel': linux,
        'boot/initrd': initrd,
        'boot/grub2/grub.cfg': grub(
          'Harvester Installer v1.3.0 | /boot/kernel | /boot/initrd | cdrom root=live:CDLABEL=COS_LIVE rd.live.dir=/ rd.live.squashimg=rootfs.squashfs console=tty1 rd.cos.disable net.ifnames=1',
        ),
      },
    },
    mechanism: 'dracut-live',
    architecture: 'x86_64',
    recipe: 'harvester',
    name: 'Harvester 1.3.0',
    version: '1.3.0',
    entries: ['Harvester Installer v1.3.0!'],
    commandLine:
      'cdrom console=tty1 net.ifnames=1 root=live:{http}/{iso}/rootfs.squashfs rd.live.image rd.cos.disable ip=dhcp rd.neednet=1 net.ifnames=1 harvester.install.iso_url={http}/{iso}.iso',
  },
  ...(
    [
      ['with livenet', 'usr/sbin/livenetroot', undefined],
      ['without livenet, so that its system is sent inside', 'usr/sbin/dmsquash-live-root', 'holds it twice'],
    ] as const
  ).map(([title, held, warns]) => ({
    title: `a live system of dracut ${title}`,
    image: {
      label: 'ACME-LIVE',
      files: {
        'LiveOS/squashfs.img': 4096,
        'boot/vmlinuz': linux,
        'boot/initrd.img': cpioOf(held),
        'boot/grub2/grub.cfg': grub('ACME | /boot/vmlinuz | /boot/initrd.img | root=live:CDLABEL=ACME rd.live.image'),
      },
    },
    mechanism: 'dracut-live',
    architecture: 'x86_64',
    recipe: 'dracut-live',
    name: 'ACME-LIVE',
    entries: ['ACME'],
    commandLine: warns === undefined ? `rd.live.image ${fetched}` : 'rd.live.image root=live:/squashfs.img',
    ...(warns === undefined ? {} : { warns, injected: [{ from: 'LiveOS/squashfs.img', to: '/squashfs.img' }] }),
  })),
  {
    title: 'a live system that nobody knows, without a menu',
    image: {
      label: 'ACME-LIVE',
      files: { 'LiveOS/squashfs.img': 4096, 'isolinux/vmlinuz0': linux, 'isolinux/initrd0.img': initrd },
    },
    mechanism: 'dracut-live',
    architecture: 'x86_64',
    recipe: 'dracut-live',
    name: 'ACME-LIVE',
    entries: ['Live system'],
    commandLine: 'root=live:{http}/{iso}/LiveOS/squashfs.img rd.live.image ip=dhcp rd.neednet=1 BOOTIF=01-{mac-} quiet',
  },
];
