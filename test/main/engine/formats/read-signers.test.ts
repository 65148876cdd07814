import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePeImage } from '../../../../main/engine/formats/pe-image.ts';
import { parsePeSigners } from '../../../../main/engine/formats/pe-signers.ts';
import { readSigners } from '../../../../main/engine/formats/read-signers.ts';
import { runChecked } from '../../../testbed/command.ts';
import { isInstalled } from '../../../testbed/gate.ts';
import { kernelBytes } from '../images/memory-image.ts';
import { fileOfBytes } from './file-of-bytes.ts';
import { certificateTable, der, signedData } from './signature-bytes.ts';

const read = (bytes: Uint8Array) => readSigners(fileOfBytes(bytes));

describe('who signed', () => {
  it('is told of each signature, by the certificate that signed and who issued it', () => {
    const table = certificateTable(
      signedData({ issuer: 'Microsoft Corporation UEFI CA 2011', subject: 'Driver Publisher' }),
      signedData({ issuer: 'Microsoft UEFI CA 2023' }),
    );
    expect(parsePeSigners(table)).toEqual([
      { issuer: 'Microsoft Corporation UEFI CA 2011', subject: 'Driver Publisher' },
      { issuer: 'Microsoft UEFI CA 2023', subject: undefined },
    ]);
  });

  it('is told of a kernel, and nobody where it is not signed', async () => {
    expect(await read(kernelBytes({ machine: 'x64', signedBy: 'Debian Secure Boot CA' }))).toEqual([
      { issuer: 'Debian Secure Boot CA', subject: 'Signer of Debian Secure Boot CA' },
    ]);
    expect(await read(kernelBytes({ machine: 'x64' }))).toEqual([]);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['no PE file', kernelBytes()],
    ['text', Buffer.from('MZ'.padEnd(5000, 'x'))],
  ])('is not known of %s', async (_, bytes) => {
    expect(await read(bytes)).toBeUndefined();
  });

  it('is not known where the signature is none', () => {
    for (const table of [
      Buffer.alloc(100),
      certificateTable(Buffer.from('not DER at all')),
      certificateTable(der(0x30, der(0x06, Buffer.from('2a03', 'hex')))),
      // Lengths that lead nowhere.
      certificateTable(Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x30])),
      certificateTable(Buffer.from([0x30, 0x80, 0x30, 0x80, 0x30, 0x80])),
      Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 2, 2, 0, 0x30]),
    ]) {
      expect(parsePeSigners(table)).toEqual([]);
    }
  });

  it('is found, or not, whatever the bytes say', async () => {
    const signed = kernelBytes({ machine: 'x64', signedBy: 'Debian Secure Boot CA' });
    const interesting = fc.oneof(
      fc.nat(0x3f),
      fc.integer({ min: 0x300, max: 0x420 }),
      fc.integer({ min: 0xe00, max: 0xfff }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(interesting, fc.nat(255)), { maxLength: 12 }), async (changes) => {
        const bytes = Uint8Array.from(signed);
        for (const [at, value] of changes) bytes[at] = value;
        const file = fileOfBytes(bytes);
        const signers = await readSigners(file);
        expect(signers === undefined || signers.every(({ issuer }) => issuer.length <= 120)).toBe(true);
        expect(file.readBytes()).toBeLessThanOrEqual(2 * bytes.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('sections of a PE file', () => {
  it('are bounded by its head', () => {
    const bytes = Buffer.from(kernelBytes({ machine: 'x64' }));
    bytes.writeUInt16LE(0xffff, 0x300 + 6);
    expect(parsePeImage(bytes)?.sections.length).toBeLessThanOrEqual(96);
    expect(parsePeImage(bytes.subarray(0, 0x340))).toMatchObject({ machine: 0x8664, certificates: undefined });
  });
});

describe.skipIf(!isInstalled('sbsign') || !isInstalled('openssl'))('who signed, as sbverify sees it', () => {
  it('is read out of a signature of sbsign and of the loaders of Debian', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-signers-'));
    try {
      const [key, certificate, signed] = ['key', 'certificate', 'signed.efi'].map((name) => join(folder, name));
      if (key === undefined || certificate === undefined || signed === undefined) throw new Error('no paths');
      const subject = '/O=Bench/CN=Bench key ☃';
      const openssl = `openssl req -x509 -newkey rsa:2048 -nodes -days 30 -utf8 -keyout ${key} -out ${certificate} -subj`;
      await runChecked([...openssl.split(' '), subject]);
      await runChecked(['sbsign', '--key', key, '--cert', certificate, '--output', signed, unsigned]);
      expect(await read(await readFile(signed))).toEqual([{ issuer: 'Bench key ☃', subject: 'Bench key ☃' }]);
      await writeFile(join(folder, 'plain.efi'), await readFile(unsigned));
      expect(await read(await readFile(join(folder, 'plain.efi')))).toEqual([]);

      const kernel = '/usr/lib/debian-installer/images/12/amd64/text/debian-installer/amd64/linux';
      const listed = await runChecked(['sbverify', '--list', kernel]);
      const [signer] = (await read(await readFile(kernel))) ?? [];
      expect(listed).toContain(`subject: /CN=${signer?.subject}`);
      expect(listed).toContain(`issuer:  /CN=${signer?.issuer}`);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 60_000);
});

/** A small EFI program of a package that tests need anyway. */
const unsigned = '/usr/lib/grub/x86_64-efi/monolithic/grubx64.efi';
