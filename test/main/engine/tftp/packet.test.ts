import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodePacket,
  encodeAcknowledgement,
  encodeData,
  encodeError,
  encodeOptionAcknowledgement,
  encodeRequest,
  writeDataHeader,
  type TransferRequest,
} from '../../../../main/engine/tftp/packet.ts';

/** Bytes as text; `|` stands for NUL where a digit follows. */
const ascii = (text: string): Buffer => Buffer.from(text.replaceAll('|', '\0'), 'latin1');

describe('decoding requests', () => {
  it.each<[string, string, Partial<TransferRequest>]>([
    ['plain', '\0\x01a\0octet\0', { type: 'read-request', fileName: 'a', mode: 'octet', options: [] }],
    ['mode in any case', '\0\x01a\0OcTeT\0', { mode: 'octet' }],
    ['a write', '\0\x02a\0netascii\0', { type: 'write-request', mode: 'netascii' }],
    [
      'EDK2',
      '\0\x01snponly.efi\0octet\0tsize|0\0blksize|1468\0windowsize|4\0',
      {
        options: [
          ['tsize', '0'],
          ['blksize', '1468'],
          ['windowsize', '4'],
        ],
      },
    ],
    ['option names as written', '\0\x01a\0octet\0BlkSize|8\0', { options: [['BlkSize', '8']] }],
    ['an option without value', '\0\x01a\0octet\0tsize\0', { options: [] }],
    ['an option that is cut short', '\0\x01a\0octet\0tsize|0\0blksize|14', { options: [['tsize', '0']] }],
    ['padding after the request', '\0\x01a\0octet\0\0\0\0\0', { fileName: 'a' }],
    ['no name', '\0\x01\0octet\0', { fileName: '' }],
    ['bytes past option 67', '\0\x01boot.0\xff\0octet\0', { fileName: 'boot.0ÿ' }],
    ['a name of 512 bytes', `\0\x01${'n'.repeat(512)}\0octet\0`, { fileName: 'n'.repeat(512) }],
  ])('takes %s', (_, bytes, request) => {
    expect(decodePacket(ascii(bytes))).toMatchObject(request);
  });

  it('reads names in UTF-8', () => {
    expect(decodePacket(Buffer.from('\0\u0001größe\0octet\0', 'utf8'))).toMatchObject({ fileName: 'größe' });
  });

  it.each<[string, string, number | undefined]>([
    ['nothing', '', undefined],
    ['three bytes', '\0\x01a', undefined],
    ['a request without any end', '\0\x01abcdef', 4],
    ['a mode without end', '\0\x01a\0octet', 4],
    ['a name of 513 bytes', `\0\x01${'n'.repeat(513)}\0octet\0`, 4],
    ['a request of 64 KiB', `\0\x01a\0octet\0${'x\0'.repeat(32_000)}`, 4],
    ['opcode 0', '\0\0\0\0', 4],
    ['opcode 7', '\0\x07\0\0', 4],
    ['opcode 9', '\0\x09\0\0', 4],
    ['opcode 257', '\x01\x01a\0octet\0', 4],
    ['an option acknowledgement without end', '\0\x06blksize', undefined],
  ])('refuses %s', (_, bytes, answer) => {
    expect(decodePacket(ascii(bytes))).toMatchObject({ type: 'malformed', answer });
  });
});

describe('decoding the others', () => {
  it.each([
    ['\0\x04\0\x01', { type: 'acknowledgement', block: 1 }],
    ['\0\x04\xff\xff', { type: 'acknowledgement', block: 65_535 }],
    ['\0\x04\0\x01trailing', { type: 'acknowledgement', block: 1 }],
    ['\0\x05\0\x08no\0', { type: 'error', code: 8, message: 'no' }],
    ['\0\x05\0\x01', { type: 'error', code: 1, message: '' }],
    ['\0\x05\0\0unterminated', { type: 'error', code: 0, message: 'unterminated' }],
    ['\0\x05\0\0\x1b[2J\nx\0', { type: 'error', code: 0, message: ' [2J x' }],
    [`\0\x05\0\0${'m'.repeat(2_000)}`, { type: 'error', code: 0, message: 'm'.repeat(256) }],
    ['\0\x06blksize|8\0', { type: 'option-acknowledgement', options: [['blksize', '8']] }],
  ])('%j', (bytes, packet) => {
    expect(decodePacket(ascii(bytes))).toEqual(packet);
  });

  it('data with its payload', () => {
    expect(decodePacket(ascii('\0\x03\x01\x02ab'))).toEqual({ type: 'data', block: 258, payload: ascii('ab') });
  });
});

describe('encoding', () => {
  it('ends every string with its NUL', () => {
    expect(
      encodeOptionAcknowledgement([
        ['tsize', '0'],
        ['blksize', '1468'],
      ]),
    ).toEqual(ascii('\0\x06tsize|0\0blksize|1468\0'));
    expect(encodeError(1, 'file not found')).toEqual(ascii('\0\x05\0\x01file not found\0'));
    expect(encodeAcknowledgement(65_535)).toEqual(ascii('\0\x04\xff\xff'));
  });

  it('writes a data header in place', () => {
    const packet = Buffer.alloc(6, 0xee);
    writeDataHeader(packet, 1, 0x1234);
    expect(packet).toEqual(ascii('\xee\0\x03\x12\x34\xee'));
    expect(encodeData(0x1234, ascii('ab'))).toEqual(ascii('\0\x03\x12\x34ab'));
  });
});

describe('any bytes', () => {
  const anyPacket = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc
      .tuple(fc.integer({ min: 0, max: 9 }), fc.uint8Array({ maxLength: 600 }))
      .map(([opcode, rest]) => Uint8Array.from([0, opcode, ...rest])),
  );

  it('are decoded without an exception, to bounded text', () => {
    fc.assert(
      fc.property(anyPacket, (bytes) => {
        const packet = decodePacket(bytes);
        expect(JSON.stringify(packet).length).toBeLessThan(20_000);
      }),
      { numRuns: 5_000 },
    );
  });

  const word = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '/', '.', '-', 'ü'), minLength: 1, maxLength: 20 });

  it('come back from encoding as they were', () => {
    const request = fc.record<TransferRequest>({
      type: fc.constantFrom('read-request', 'write-request'),
      fileName: word,
      mode: fc.constantFrom('octet', 'netascii', 'mail'),
      options: fc.array(fc.tuple(word, word), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(request, (value) => {
        expect(decodePacket(encodeRequest(value))).toEqual(value);
      }),
    );
  });
});
