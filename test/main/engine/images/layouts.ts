import { debianKernel, kernelBytes, type MemoryImageOptions } from './memory-image.ts';

/** Images as their listings are in the field, with the boot menus that they really have (shortened). */

const gnuLinuxMenu = 'menu title Debian GNU/Linux installer menu (BIOS mode)\n';

const netinstMenus = {
  'isolinux/isolinux.cfg':
    '# D-I config version 2.0\npath \nprompt 0\ntimeout 0\ninclude menu.cfg\ndefault vesamenu.c32\n',
  'isolinux/menu.cfg': `menu hshift 4\n${gnuLinuxMenu}include stdmenu.cfg\ninclude gtk.cfg\ninclude txt.cfg\nmenu begin advanced\n\tmenu label ^Advanced options\n\tlabel mainmenu\n\t\tmenu label ^Back..\n\t\tmenu exit\n\tinclude adtxt.cfg\nmenu end\nlabel help\n\tmenu label ^Help\n\ttext help\n   Display help screens; type 'menu' at boot prompt to return to this menu\n\tendtext\n\tconfig prompt.cfg\n`,
  'isolinux/stdmenu.cfg': 'menu background splash.png\nmenu color title * #FFFFFFFF *\nmenu tabmsg Press ENTER\n',
  'isolinux/gtk.cfg':
    'default installgui\nlabel installgui\n\tmenu label ^Graphical install\n\tmenu default\n\tkernel /install.amd/vmlinuz\n\tappend vga=788 initrd=/install.amd/gtk/initrd.gz --- quiet\n',
  'isolinux/txt.cfg':
    'label install\n\tmenu label ^Install\n\tkernel /install.amd/vmlinuz\n\tappend vga=788 initrd=/install.amd/initrd.gz --- quiet\n',
  'isolinux/adtxt.cfg':
    'label expert\n\tmenu label E^xpert install\n\tkernel /install.amd/vmlinuz\n\tappend priority=low vga=788 initrd=/install.amd/initrd.gz ---\ninclude rqtxt.cfg\n',
  'isolinux/rqtxt.cfg':
    'label rescue\n\tmenu label ^Rescue mode\n\tkernel /install.amd/vmlinuz\n\tappend vga=788 initrd=/install.amd/initrd.gz rescue/enable=true --- quiet\n',
  'isolinux/prompt.cfg': 'prompt 1\ndisplay f1.txt\ninclude menu.cfg\n',
  'boot/grub/grub.cfg':
    "if [ x$feature_default_font_path = xy ] ; then\n   font=unicode\nelse\n   font=$prefix/font.pf2\nfi\nif loadfont $font ; then\n  set gfxmode=800x600\n  terminal_output gfxterm\nfi\ninsmod play\nplay 960 440 1 0 4 440 1\nmenuentry --hotkey=g 'Graphical install' {\n    set background_color=black\n    linux    /install.amd/vmlinuz vga=788 --- quiet \n    initrd   /install.amd/gtk/initrd.gz\n}\nmenuentry --hotkey=i 'Install' {\n    linux    /install.amd/vmlinuz vga=788 --- quiet \n    initrd   /install.amd/initrd.gz\n}\nsubmenu --hotkey=a 'Advanced options ...' {\n    menuentry --hotkey=x '... Expert install' {\n        linux    /install.amd/vmlinuz priority=low vga=788 --- \n        initrd   /install.amd/initrd.gz\n    }\n    menuentry --hotkey=r '... Rescue mode' {\n        linux    /install.amd/vmlinuz vga=788 rescue/enable=true --- quiet \n        initrd   /install.amd/initrd.gz\n    }\n}\n",
};

const netinstFiles = {
  'install.amd/vmlinuz': debianKernel,
  'install.amd/initrd.gz': 4096,
  'install.amd/gtk/initrd.gz': 8192,
  'install.amd/gtk/vmlinuz': debianKernel,
  'dists/bookworm/Release': 'Origin: Debian\n',
  'EFI/boot/bootx64.efi': 512,
};

export const netinst: MemoryImageOptions = {
  label: 'Debian 12.5.0 amd64 n',
  files: {
    '.disk/info': 'Debian GNU/Linux 12.5.0 "Bookworm" - Official amd64 NETINST with firmware 20240210-11:27',
    ...netinstFiles,
    ...netinstMenus,
  },
};

export const dvd: MemoryImageOptions = {
  label: 'Debian 12.5.0 amd64 1',
  files: {
    '.disk/info': 'Debian GNU/Linux 12.5.0 "Bookworm" - Official amd64 DVD Binary-1 with firmware 20240210-11:28',
    ...netinstFiles,
    ...netinstMenus,
  },
};

export const arm64Netinst: MemoryImageOptions = {
  label: 'Debian 12.5.0 arm64 n',
  boots: ['uefi'],
  files: {
    '.disk/info': 'Debian GNU/Linux 12.5.0 "Bookworm" - Official arm64 NETINST with firmware 20240210-11:27',
    'install.a64/vmlinuz': kernelBytes({
      format: 'arm64-image',
      machine: 'arm64',
      signedBy: 'Debian Secure Boot CA',
    }),
    'install.a64/initrd.gz': 4096,
    'dists/bookworm/Release': 'Origin: Debian\n',
    'EFI/boot/bootaa64.efi': 512,
    'boot/grub/grub.cfg':
      "menuentry 'Install' {\n    linux    /install.a64/vmlinuz --- quiet\n    initrd   /install.a64/initrd.gz\n}\n",
  },
};

export const miniIso: MemoryImageOptions = {
  label: 'ISOIMAGE',
  files: {
    linux: debianKernel,
    'initrd.gz': 4096,
    'isolinux.cfg': 'path \ninclude menu.cfg\ndefault vesamenu.c32\nprompt 0\ntimeout 0\n',
    'menu.cfg': `${gnuLinuxMenu}include txt.cfg\n`,
    'txt.cfg':
      'default install\nlabel install\n\tmenu label ^Install\n\tmenu default\n\tkernel linux\n\tappend vga=788 initrd=initrd.gz --- quiet \n',
    'boot/grub/grub.cfg': "menuentry 'Install' {\n    linux    /linux vga=788 --- quiet\n    initrd   /initrd.gz\n}\n",
  },
};

/** debian-installer-12-netboot-amd64 put on a disc without any menu. */
export const netbootTree: MemoryImageOptions = {
  label: 'NETBOOT',
  files: {
    'version.info': 'Debian version:  12 (bookworm)\nInstaller build: 20230607+deb12u15\n',
    'debian-installer/amd64/linux': debianKernel,
    'debian-installer/amd64/initrd.gz': 4096,
  },
};

export const debianLive: MemoryImageOptions = {
  label: 'd-live 12.5.0 gnome amd64',
  files: {
    '.disk/info': 'Official Debian GNU/Linux Live 12.5.0 gnome 2024-02-10T11:39',
    'live/vmlinuz-6.1.0-18-amd64': debianKernel,
    'live/initrd.img-6.1.0-18-amd64': 2 * 1024 * 1024,
    'live/filesystem.squashfs': 3 * 1024 * 1024,
    'dists/bookworm/Release': 'Origin: Debian\n',
    'install/vmlinuz': debianKernel,
    'install/initrd.gz': 4096,
    'install/gtk/vmlinuz': debianKernel,
    'install/gtk/initrd.gz': 4096,
    'EFI/boot/bootx64.efi': 512,
    'isolinux/isolinux.cfg': 'include menu.cfg\ndefault vesamenu.c32\nprompt 0\ntimeout 0\n',
    'isolinux/menu.cfg':
      'menu title Boot menu\ninclude live.cfg\nmenu begin utilities\n\tmenu label ^Utilities\n\tlabel hdt\n\t\tmenu label ^Hardware Detection Tool (HDT)\n\t\tcom32 hdt.c32\nmenu end\ninclude install.cfg\n',
    'isolinux/live.cfg':
      'label live-amd64\n\tmenu label ^Live system (amd64)\n\tmenu default\n\tlinux /live/vmlinuz-6.1.0-18-amd64\n\tinitrd /live/initrd.img-6.1.0-18-amd64\n\tappend boot=live components quiet splash findiso=${iso_path}\n',
    'isolinux/install.cfg':
      'label installstart\n\tmenu label Start ^installer\n\tlinux /install/gtk/vmlinuz\n\tinitrd /install/gtk/initrd.gz\n\tappend vga=788  --- quiet\n',
    'boot/grub/config.cfg': 'set default=0\nset timeout=-1\n',
    'boot/grub/grub.cfg':
      'source /boot/grub/config.cfg\n\n# Live boot\nmenuentry "Live system (amd64)" --hotkey=l {\n\tlinux\t/live/vmlinuz-6.1.0-18-amd64 boot=live components quiet splash findiso=${iso_path}\n\tinitrd\t/live/initrd.img-6.1.0-18-amd64\n}\nmenuentry "Start installer" --hotkey=i {\n\tlinux\t/install/gtk/vmlinuz vga=788  --- quiet\n\tinitrd\t/install/gtk/initrd.gz\n}\nsubmenu \'Utilities...\' --hotkey=u {\n\tif [ "${grub_platform}" = "efi" ]; then\n\t\tmenuentry "UEFI Firmware Settings" {\n\t\t\tfwsetup\n\t\t}\n\tfi\n}\n',
  },
};

/** A remix of live-build with kernel names of its own and no menu that could be read. */
export const otherLive: MemoryImageOptions = {
  label: 'CLONEZILLA',
  files: {
    'live/vmlinuz': debianKernel,
    'live/initrd.img': 1024 * 1024,
    'live/filesystem.squashfs': 1024 * 1024,
    'live/filesystem.packages': 'x',
  },
};

/** Ubuntu: full of files that belong to others (memtest, dists, pool). */
export const ubuntu: MemoryImageOptions = {
  label: 'Ubuntu 24.04 LTS amd64',
  boots: ['bios', 'uefi'],
  files: {
    '.disk/info': 'Ubuntu 24.04 LTS "Noble Numbat" - Release amd64 (20240424)',
    'casper/vmlinuz': kernelBytes({ machine: 'x64', signedBy: 'Canonical Ltd. Secure Boot Signing' }),
    'casper/initrd': 4096,
    'casper/filesystem.squashfs': 4096,
    'boot/memtest86+x64.bin': kernelBytes({ version: 'Memtest86+ v7.00' }),
    'dists/noble/Release': 'x',
    'EFI/boot/bootx64.efi': 512,
    'boot/grub/grub.cfg':
      'set timeout=30\nloadfont unicode\nset menu_color_normal=white/black\nmenuentry "Try or Install Ubuntu" {\n\tset gfxpayload=keep\n\tlinux\t/casper/vmlinuz  --- quiet splash\n\tinitrd\t/casper/initrd\n}\ngrub_platform\nif [ "$grub_platform" = "efi" ]; then\nmenuentry \'Boot from next volume\' {\n\texit 1\n}\nmenuentry \'UEFI Firmware Settings\' {\n\tfwsetup\n}\nelse\nmenuentry \'Test memory\' {\n\tlinux16 /boot/memtest86+x64.bin\n}\nfi\n',
  },
};

export const syslinuxOnly: MemoryImageOptions = {
  label: 'alpine-std 3.19.1 x86_64',
  boots: ['bios'],
  files: {
    'boot/vmlinuz-lts': kernelBytes({ machine: 'x64', version: '6.6.14-0-lts' }),
    'boot/initramfs-lts': 4096,
    'boot/syslinux/syslinux.cfg':
      'TIMEOUT 10\nPROMPT 1\nDEFAULT lts\n\nLABEL lts\nMENU LABEL Linux lts\nKERNEL /boot/vmlinuz-lts\nINITRD /boot/initramfs-lts\nFDTDIR /boot/dtbs-lts\nAPPEND modules=loop,squashfs,sd-mod,usb-storage quiet \n',
  },
};

/** A system of nobody, with GRUB's menu. */
export const unknownGrub: MemoryImageOptions = {
  label: 'ACME_4',
  files: {
    '.disk/info': 'ACME OS 4 "Road Runner" - Release',
    'system/core.bin': kernelBytes({ machine: 'x64', signedBy: 'ACME Secure Boot Signing' }),
    'system/first.img': 4096,
    'system/root.img': 4096,
    'EFI/boot/bootx64.efi': 512,
    'boot/grub/grub.cfg':
      'set timeout=30\nmenuentry "Start ACME OS" {\n\tlinux\t/system/core.bin acme.root=disc quiet\n\tinitrd\t/system/first.img\n}\n',
  },
};
