/**
 * The first bytes of a kernel: enough for a reader to tell what it is for (Documentation/arch/x86/boot.rst, arch/arm64/booting.rst,
 * PE/COFF). Nothing that could run. Pure.
 */

const HEAD_BYTES = 4096;
const PE_HEADER_OFFSET = 0x40;
const VERSION_OFFSET = 0x400;
const PE32_PLUS = 0x20b;

const machineNumber = { x86: 0x8664, arm64: 0xaa64 } as const;

/** For x86 a bzImage that is a PE file too, so that BIOS and UEFI start it; for arm64 an Image. */
export function kernelHead(machine: keyof typeof machineNumber, version: string): Uint8Array {
  const head = Buffer.alloc(HEAD_BYTES);
  head.write('MZ', 0, 'latin1');
  head.writeUInt32LE(PE_HEADER_OFFSET, 0x3c);
  head.write('PE\0\0', PE_HEADER_OFFSET, 'latin1');
  head.writeUInt16LE(machineNumber[machine], PE_HEADER_OFFSET + 4);
  head.writeUInt16LE(PE32_PLUS, PE_HEADER_OFFSET + 24);
  if (machine === 'arm64') head.write('ARM\x64', 56, 'latin1');
  else writeSetupHeader(head, version);
  return head;
}

function writeSetupHeader(head: Buffer, version: string): void {
  head.write('HdrS', 0x202, 'latin1');
  head.writeUInt16LE(0x020f, 0x206);
  head.writeUInt16LE(VERSION_OFFSET - 0x200, 0x20e);
  head.writeUInt16LE(1, 0x236); // xloadflags: has a 64-bit entry point
  head.write(`${version}\0`, VERSION_OFFSET, 'latin1');
}
