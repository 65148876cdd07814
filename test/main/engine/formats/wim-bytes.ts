/** WIM files made by hand: a header and its XML. */

export interface WimFields {
  readonly xml: string;
  readonly imageCount?: number;
  readonly bootIndex?: number;
  readonly flags?: number;
  readonly version?: number;
  readonly xmlOffsetBytes?: number;
  readonly xmlStoredBytes?: number;
  readonly xmlFlags?: number;
}

export const WIM_HEADER_BYTES = 208;

export function wimBytes(fields: WimFields): Buffer {
  const xml = Buffer.from(`\ufeff${fields.xml}`, 'utf16le');
  const header = Buffer.alloc(WIM_HEADER_BYTES);
  header.write('MSWIM\0\0\0', 0, 'latin1');
  header.writeUInt32LE(WIM_HEADER_BYTES, 8);
  header.writeUInt32LE(fields.version ?? 0x0001_0d00, 12);
  header.writeUInt32LE(fields.flags ?? 0x0004_0002, 16);
  header.writeUInt16LE(1, 40);
  header.writeUInt16LE(1, 42);
  header.writeUInt32LE(fields.imageCount ?? xml.toString('utf16le').split('<IMAGE ').length - 1, 44);
  const storedBytes = fields.xmlStoredBytes ?? xml.length;
  header.writeUIntLE(storedBytes % 2 ** 48, 72, 6);
  header[78] = Math.floor(storedBytes / 2 ** 48);
  header[79] = fields.xmlFlags ?? 0x02;
  header.writeBigUInt64LE(BigInt(fields.xmlOffsetBytes ?? WIM_HEADER_BYTES), 80);
  header.writeBigUInt64LE(BigInt(xml.length), 88);
  header.writeUInt32LE(fields.bootIndex ?? 0, 120);
  return Buffer.concat([header, xml]);
}

/** The XML of an image of Windows, as Microsoft's media have it. */
export const windowsImageXml = (index: number, edition: string, name: string): string =>
  `<IMAGE INDEX="${index}"><DIRCOUNT>1</DIRCOUNT><TOTALBYTES>16000000000</TOTALBYTES><WINDOWS><ARCH>9</ARCH>` +
  '<PRODUCTNAME>Microsoft® Windows® Operating System</PRODUCTNAME>' +
  `<EDITIONID>${edition}</EDITIONID><INSTALLATIONTYPE>Client</INSTALLATIONTYPE><PRODUCTTYPE>WinNT</PRODUCTTYPE>` +
  '<LANGUAGES><LANGUAGE>en-US</LANGUAGE><DEFAULT>en-US</DEFAULT></LANGUAGES>' +
  '<VERSION><MAJOR>10</MAJOR><MINOR>0</MINOR><BUILD>26100</BUILD><SPBUILD>1742</SPBUILD><SPLEVEL>0</SPLEVEL></VERSION>' +
  `<SYSTEMROOT>WINDOWS</SYSTEMROOT></WINDOWS><NAME>${name}</NAME><DESCRIPTION>${name}</DESCRIPTION>` +
  `<FLAGS>${edition}</FLAGS><DISPLAYNAME>${name}</DISPLAYNAME></IMAGE>`;
