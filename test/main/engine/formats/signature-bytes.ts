/** Signatures of PE files made by hand, with the fields that tell who signed and zeros for what only a check needs. */

export const der = (tag: number, ...content: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(content);
  const length =
    body.length < 0x80
      ? Buffer.from([body.length])
      : body.length < 0x100
        ? Buffer.from([0x81, body.length])
        : Buffer.from([0x82, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
};

const SEQUENCE = 0x30;
const SET = 0x31;
const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');
const oid = (digits: string): Buffer => der(0x06, hex(digits));
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]));

/** A name with a country and a common name. */
export const derName = (commonName: string): Buffer =>
  der(
    SEQUENCE,
    der(SET, der(SEQUENCE, oid('550406'), der(0x13, Buffer.from('US')))),
    der(SET, der(SEQUENCE, oid('550403'), der(0x0c, Buffer.from(commonName)))),
  );

const certificate = (issuer: string, subject: string, serial: number): Buffer =>
  der(
    SEQUENCE,
    der(
      SEQUENCE,
      der(0xa0, integer(2)),
      integer(serial),
      der(SEQUENCE, oid('2a864886f70d01010b')),
      derName(issuer),
      der(SEQUENCE),
      derName(subject),
    ),
    der(SEQUENCE, oid('2a864886f70d01010b')),
    der(0x03, Buffer.alloc(8)),
  );

export interface SignatureFields {
  readonly issuer: string;
  /** Left out: the signature does not carry the certificate. */
  readonly subject?: string;
}

/** PKCS #7 as Authenticode has it. */
export const signedData = ({ issuer, subject }: SignatureFields): Buffer =>
  der(
    SEQUENCE,
    oid('2a864886f70d010702'),
    der(
      0xa0,
      der(
        SEQUENCE,
        integer(1),
        der(SET, der(SEQUENCE, oid('608648016503040201'))),
        der(SEQUENCE, oid('2b060104018237020104')),
        ...(subject === undefined
          ? []
          : [der(0xa0, certificate('Somebody else', 'Another', 9), certificate(issuer, subject, 7))]),
        der(SET, der(SEQUENCE, integer(1), der(SEQUENCE, derName(issuer), integer(7)))),
      ),
    ),
  );

/** The certificate table of a PE file: entries at multiples of eight bytes. */
export function certificateTable(...signatures: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    signatures.map((signature) => {
      const entry = Buffer.alloc(Math.ceil((signature.length + 8) / 8) * 8);
      entry.writeUInt32LE(signature.length + 8, 0);
      entry.writeUInt16LE(0x0200, 4);
      entry.writeUInt16LE(0x0002, 6);
      entry.set(signature, 8);
      return entry;
    }),
  );
}
