import type { FindingCode } from '../../contract/finding.ts';

/**
 * What machines say on their screens, and the finding that it means. The first that fits decides, so what is more particular
 * stands first. Codes of the same number mean different things in Intel's ROMs and in UEFI firmware: there the words decide.
 */

export interface ScreenMessage {
  /** Tested against the text in one line: single spaces, as the person typed or photographed it, any case. */
  readonly pattern: RegExp;
  /** Findings about what only the screen tells: they have no facts. */
  readonly code: ScreenFindingCode;
  /** Who says it, for the person to compare. */
  readonly speaker: 'firmware' | 'shim' | 'iPXE' | 'GRUB' | 'PXELINUX' | 'kernel' | 'live system' | 'installer';
}

export type ScreenFindingCode = Extract<
  FindingCode,
  | `F_FIRMWARE_${string}`
  | `F_SHIM_${string}`
  | `F_IPXE_${string}`
  | `F_GRUB_${string}`
  | 'F_LOADER_NO_SPACE'
  | 'F_HTTP_BOOT_REFUSED'
  | 'F_KERNEL_PANIC_ROOT'
  | 'F_KERNEL_OUT_OF_MEMORY'
  | 'F_LIVE_NO_FILESYSTEM'
  | 'F_NO_INSTALL_MEDIA'
  | 'F_NO_NETWORK_DRIVER'
>;

const says = (
  speaker: ScreenMessage['speaker'],
  code: ScreenFindingCode,
  ...patterns: readonly RegExp[]
): ScreenMessage[] => patterns.map((pattern) => ({ pattern, code, speaker }));

export const screenMessages: readonly ScreenMessage[] = [
  // shim and what refuses for it
  ...says(
    'shim',
    'F_SHIM_REVOKED',
    /sbat (data|self-check|verification) failed/i,
    /verifying shim sbat/i,
    /\brevoked\b/i,
  ),
  ...says(
    'shim',
    'F_SHIM_VERIFICATION',
    /verification failed|security (policy )?violation|bad shim signature|invalid signature detected/i,
    /secure boot (violation|verification|policy)|image (failed to verify|verification|authentication)/i,
    /selected boot image did not authenticate|failed to (verify|start|load).{0,60}(access denied|security)/i,
    /prohibited by secure boot policy|secure boot forbids/i,
  ),

  // UEFI HTTP Boot
  ...says(
    'firmware',
    'F_HTTP_BOOT_REFUSED',
    /http.{0,60}(access denied|not (allowed|permitted|supported)|only https)/i,
  ),

  // PXE: words first where a number has two meanings
  ...says(
    'firmware',
    'F_FIRMWARE_NO_MEDIA',
    /pxe-e61|pxe-e12|media (test failure|disconnected|not present)|check cable|could not detect network|no media (present|detected)/i,
    /link.{0,12}\bdown\b.{0,40}(pxe|boot)|(cable|link).{0,20}(disconnected|not connected|unplugged)/i,
  ),
  ...says('firmware', 'F_FIRMWARE_4011', /pxe-e55|port 4011|pxe-e52/i),
  ...says(
    'firmware',
    'F_FIRMWARE_NO_BOOT_FILE',
    /pxe-e53|no boot ?filename|pxe-e74|pxe-e77|pxe-e78|could not locate boot server/i,
  ),
  ...says('firmware', 'F_FIRMWARE_CANCELLED', /pxe-e21|remote boot cancel|network boot (was )?cancel/i),
  ...says('firmware', 'F_FIRMWARE_ARP', /pxe-e11|arp time-?out|pxe-e22|icmp error/i),
  ...says(
    'firmware',
    'F_FIRMWARE_NO_OFFER',
    /pxe-e51|pxe-e16|no( valid)? (dhcp |pxe )?(or proxydhcp )?offers?( were)? (was )?received|valid pxe offer not received/i,
  ),
  ...says(
    'firmware',
    'F_FIRMWARE_TFTP',
    /pxe-e3[0-9a-f]|pxe-t0|tftp (open|read|server).{0,20}(time-?out|error)|received tftp error|pxe-e23/i,
    /pxe-e18|server response time-?out|nbp file ?size is 0|unable to (fetch|obtain).{0,30}tftp/i,
    /pxe-e99|unexpected network error/i,
  ),
  ...says(
    'firmware',
    'F_FIRMWARE_MEMORY',
    /pxe-e79|nbp is too big|pxe-e00|free base memory|buffer (size )?is smaller|could not allocate i\/o buffers/i,
  ),
  ...says(
    'firmware',
    'F_FIRMWARE_CARD',
    /pxe-e6[0-9]|pxe-e0[1-9]|network device error|eeprom checksum|undi.{0,30}error/i,
  ),

  // iPXE prints "(https://ipxe.org/EENNNNNN)", where EE is its error number (include/errno.h); the words differ between versions
  ...says('iPXE', 'F_FIRMWARE_NO_BOOT_FILE', /nothing to boot|no filename or root path|ipxe\.org\/2d03e1/i),
  ...says('iPXE', 'F_IPXE_NO_DRIVER', /no more network devices|ipxe\.org\/2c[0-9a-f]{6}|no network devices?( found)?/i),
  ...says('iPXE', 'F_LOADER_NO_SPACE', /ipxe\.org\/(31|34)[0-9a-f]{6}|no space left on device|not enough space/i),
  ...says('iPXE', 'F_IPXE_NOT_EXECUTABLE', /exec format error|ipxe\.org\/(2e|7f)[0-9a-f]{6}/i),
  ...says('iPXE', 'F_IPXE_NOT_FOUND', /ipxe\.org\/2d[0-9a-f]{6}/i),
  ...says('iPXE', 'F_FIRMWARE_NO_MEDIA', /ipxe\.org\/(38|1a)[0-9a-f]{6}|\[?link:? ?down/i),
  ...says('iPXE', 'F_FIRMWARE_NO_OFFER', /no configuration methods succeeded|ipxe\.org\/04[0-9a-f]{6}/i),
  ...says('iPXE', 'F_IPXE_TIMEOUT', /ipxe\.org\/(4c|0e|0f|17|28)[0-9a-f]{6}/i),

  // GRUB and PXELINUX
  ...says('GRUB', 'F_SHIM_VERIFICATION', /you need to load the kernel first/i),
  ...says('GRUB', 'F_LOADER_NO_SPACE', /error:.{0,40}out of memory/i),
  ...says('GRUB', 'F_GRUB_NO_CONFIG', /(^| )grub( rescue)?>|minimal bash-like line editing/i),
  ...says(
    'PXELINUX',
    'F_FIRMWARE_TFTP',
    /unable to locate configuration file|failed to load ldlinux|no default or ui configuration/i,
  ),
  ...says(
    'PXELINUX',
    'F_FIRMWARE_MEMORY',
    /not enough memory to load|could not find ram base|could not allocate memory/i,
  ),

  // The system
  ...says(
    'kernel',
    'F_KERNEL_OUT_OF_MEMORY',
    /out of memory( and no killable|:)|system is deadlocked on memory|oom-?kill/i,
  ),
  ...says(
    'kernel',
    'F_KERNEL_PANIC_ROOT',
    /unable to mount root fs|no working init found|initramfs unpacking failed|rootfs image is not initramfs|junk (at the end|in compressed archive)|no init found/i,
  ),
  ...says(
    'live system',
    'F_LIVE_NO_FILESYSTEM',
    /unable to find a (live|medium)|could not find (live|kernel) (image|file ?system)|can(no|')t find.{0,30}(squashfs|live)/i,
    /dracut.{0,60}(could not boot|time-?out)|failed to (download|fetch).{0,60}(squashfs|sfs|rootfs)|\(initramfs\)/i,
  ),
  ...says(
    'live system',
    'F_NO_NETWORK_DRIVER',
    /no (network|ethernet) (device|card|interface)s?( was| were)? (found|detected|available)/i,
  ),
  ...says(
    'installer',
    'F_NO_INSTALL_MEDIA',
    /(detect and mount|no common|couldn'?t find|unable to find).{0,30}(installation|cd-?rom|install) (media|medium|drive)/i,
    /no kernel modules were found|a media driver your computer needs is missing|required cd\/dvd drive device driver/i,
  ),

  // Last words, which say nothing of the reason
  ...says(
    'firmware',
    'F_FIRMWARE_NEXT_DEVICE',
    /pxe-m0f|exiting (intel|pxe|broadcom)|no bootable device|reboot and select proper boot device/i,
  ),
  ...says('firmware', 'F_FIRMWARE_TFTP', /pxe-e[0-9a-f]{2}/i),
];
