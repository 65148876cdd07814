/** A PE32+ file of these sections, as `objcopy` adds them to the stub of a unified kernel. */
export function peBytes(sections: Readonly<Record<string, string>>): Buffer {
  const names = Object.keys(sections);
  const head = Buffer.alloc(0x400);
  head.write('MZ', 0, 'latin1');
  head.writeUInt32LE(0x40, 0x3c);
  head.write('PE\0\0', 0x40, 'latin1');
  head.writeUInt16LE(0x8664, 0x44);
  head.writeUInt16LE(names.length, 0x46);
  head.writeUInt16LE(240, 0x54);
  head.writeUInt16LE(0x20b, 0x58);
  const bodies: Buffer[] = [];
  let offset = head.length;
  for (const [index, name] of names.entries()) {
    const content = Buffer.from(sections[name] ?? '', 'utf8');
    const padded = Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
    const at = 0x58 + 240 + index * 40;
    head.write(name, at, 8, 'latin1');
    head.writeUInt32LE(content.length, at + 8);
    head.writeUInt32LE(padded.length, at + 16);
    head.writeUInt32LE(offset, at + 20);
    offset += padded.length;
    bodies.push(padded);
  }
  return Buffer.concat([head, ...bodies]);
}
