import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainScreen } from '../../../../main/engine/findings/explain-screen.ts';
import { screenMessages } from '../../../../main/engine/findings/screen-messages.ts';

/** What screens say, as people type it; the code of the first finding. */
const screens: readonly (readonly [string, string])[] = [
  // Intel's and other ROMs
  ['PXE-E61: Media test failure, check cable', 'F_FIRMWARE_NO_MEDIA'],
  ['PXE-E51: No DHCP or proxyDHCP offers were received.', 'F_FIRMWARE_NO_OFFER'],
  ['PXE-E52: proxyDHCP offers were received. No DHCP offers were received.', 'F_FIRMWARE_4011'],
  ['PXE-E53: No boot filename received', 'F_FIRMWARE_NO_BOOT_FILE'],
  ['PXE-E55: proxyDHCP service did not reply to request on port 4011.', 'F_FIRMWARE_4011'],
  ['PXE-E32: TFTP open timeout', 'F_FIRMWARE_TFTP'],
  ['PXE-E35: TFTP read timeout.', 'F_FIRMWARE_TFTP'],
  ['PXE-T01: File not found\nPXE-E3B: TFTP Error - File Not found', 'F_FIRMWARE_TFTP'],
  ['PXE-E11: ARP timeout', 'F_FIRMWARE_ARP'],
  ['PXE-E79: NBP is too big to fit in free base memory', 'F_FIRMWARE_MEMORY'],
  ['PXE-E63: Error while initializing the NIC', 'F_FIRMWARE_CARD'],
  ['PXE-E05: EEPROM checksum error', 'F_FIRMWARE_CARD'],
  ['PXE-E78: Could not locate boot server', 'F_FIRMWARE_NO_BOOT_FILE'],
  ['PXE-M0F: Exiting Intel Boot Agent.', 'F_FIRMWARE_NEXT_DEVICE'],
  [
    'PXE-E61: Media test failure, check cable\n\nPXE-M0F: Exiting Broadcom PXE ROM.\nOperating System not found',
    'F_FIRMWARE_NO_MEDIA',
  ],
  // UEFI firmware: some numbers mean other things there
  ['>>Start PXE over IPv4.\n  PXE-E16: No valid offer received.', 'F_FIRMWARE_NO_OFFER'],
  ['  PXE-E18: Server response timeout.', 'F_FIRMWARE_TFTP'],
  ['>>Checking Media Presence......\n>>No Media Present......', 'F_FIRMWARE_NO_MEDIA'],
  ['PXE-E12: Could not detect network connection.', 'F_FIRMWARE_NO_MEDIA'],
  ['PXE-E05: Buffer size is smaller than the requested file.', 'F_FIRMWARE_MEMORY'],
  ['PXE-E07: Network device error.', 'F_FIRMWARE_CARD'],
  ['PXE-E21: Remote boot cancelled.', 'F_FIRMWARE_CANCELLED'],
  ['PXE-E22: Client received ICMP error from server.', 'F_FIRMWARE_ARP'],
  ['PXE-E23: Client received TFTP error from server.', 'F_FIRMWARE_TFTP'],
  ['PXE-E99: Unexpected network error.', 'F_FIRMWARE_TFTP'],
  [
    'BdsDxe: failed to load Boot0001 "UEFI PXEv4 (MAC:525400000001)" from PciRoot(0x0): Access Denied due to Security Violation',
    'F_SHIM_VERIFICATION',
  ],
  ['BdsDxe: No bootable option or device was found.\nNo bootable device', 'F_FIRMWARE_NEXT_DEVICE'],
  ['Selected boot image did not authenticate. Press <Enter> to continue.', 'F_SHIM_VERIFICATION'],
  ['The image is prohibited by Secure Boot policy', 'F_SHIM_VERIFICATION'],
  // shim
  ['Verification failed: (0x1A) Security Violation', 'F_SHIM_VERIFICATION'],
  [
    'Verifying shim SBAT data failed: Security Policy Violation\nSomething has gone seriously wrong: SBAT self-check failed: Security Policy Violation',
    'F_SHIM_REVOKED',
  ],
  // GRUB
  [
    'error: bad shim signature.\nerror: you need to load the kernel first.\n\nPress any key to continue...',
    'F_SHIM_VERIFICATION',
  ],
  [
    '                             GNU GRUB  version 2.12\n\n   Minimal BASH-like line editing is supported.\n\ngrub>',
    'F_GRUB_NO_CONFIG',
  ],
  ['error: ../../grub-core/kern/mm.c:552:out of memory.', 'F_LOADER_NO_SPACE'],
  // PXELINUX
  ['Failed to load ldlinux.c32\nBoot failed: press a key to retry, or wait for reset...', 'F_FIRMWARE_TFTP'],
  // iPXE
  [
    'net0: 52:54:00:12:34:56 using undionly on 0000:00:03.0 (Ethernet) [open]\n  [Link:down, TX:0 TXE:0 RX:0 RXE:0]\n  [Link status: Down (https://ipxe.org/38086193)]',
    'F_FIRMWARE_NO_MEDIA',
  ],
  [
    'Nothing to boot: No such file or directory (https://ipxe.org/2d03e13b)\nNo more network devices',
    'F_FIRMWARE_NO_BOOT_FILE',
  ],
  ['No more network devices', 'F_IPXE_NO_DRIVER'],
  ['http://192.168.77.1/boot.ipxe... Connection timed out (https://ipxe.org/4c0a6092)', 'F_IPXE_TIMEOUT'],
  ['http://192.168.77.1/vmlinuz... No such file or directory (https://ipxe.org/2d0c618e)', 'F_IPXE_NOT_FOUND'],
  ['Could not select: Exec format error (https://ipxe.org/2e008081)', 'F_IPXE_NOT_EXECUTABLE'],
  [
    'Configuring (net0 52:54:00:12:34:56)............... No configuration methods succeeded (https://ipxe.org/040ee119)',
    'F_FIRMWARE_NO_OFFER',
  ],
  ['initrd.gz... Not enough space (https://ipxe.org/31022083)', 'F_LOADER_NO_SPACE'],
  // systems
  ['Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)', 'F_KERNEL_PANIC_ROOT'],
  ['Initramfs unpacking failed: write error', 'F_KERNEL_PANIC_ROOT'],
  ['Kernel panic - not syncing: System is deadlocked on memory', 'F_KERNEL_OUT_OF_MEMORY'],
  ['Unable to find a medium containing a live file system', 'F_LIVE_NO_FILESYSTEM'],
  ['No Ethernet card was detected.', 'F_NO_NETWORK_DRIVER'],
  ['No network interfaces detected', 'F_NO_NETWORK_DRIVER'],
  ['[!!] Detect and mount installation media', 'F_NO_INSTALL_MEDIA'],
  ['A media driver your computer needs is missing.', 'F_NO_INSTALL_MEDIA'],
];

describe('explain screen', () => {
  it.each(screens)('%j', (text, code) => {
    expect(explainScreen(text)[0]?.code).toBe(code);
  });

  it('has a screen for every message that it knows', () => {
    const known = new Set(screenMessages.map(({ code }) => code));
    const shown = new Set(screens.flatMap(([text]) => explainScreen(text).map(({ code }) => code)));
    expect([...known].filter((code) => !shown.has(code))).toEqual(['F_HTTP_BOOT_REFUSED']);
    expect(explainScreen('HTTP Boot: Error: access denied by platform policy')[0]?.code).toBe('F_HTTP_BOOT_REFUSED');
  });

  it('gives back the words that told it, and both voices', () => {
    expect(explainScreen('  pxe-e61:\tmedia  test failure')).toEqual([
      expect.objectContaining({
        speaker: 'firmware',
        words: 'pxe-e61',
        sentence: expect.stringMatching(/\.$/),
        advice: expect.stringMatching(/\.$/),
      }),
    ]);
  });

  it.each(['', '   ', 'Debian GNU/Linux 12 debian ttyS0', 'Welcome to GRUB!', 'login:', '\0\0\0', '日本語'])(
    'knows nothing of %j',
    (text) => {
      expect(explainScreen(text)).toEqual([]);
    },
  );

  it('takes any text, of any length, at once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(Array.isArray(explainScreen(text))).toBe(true);
      }),
    );
    for (const piece of ['pxe-e', 'no ', 'link down ', 'verifying shim ', ' ', 'http ']) {
      explainScreen(piece.repeat(100_000));
    }
  });
});
