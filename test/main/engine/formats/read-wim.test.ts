import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWim } from '../../../../main/engine/formats/read-wim.ts';
import { ImageDamage } from '../../../../main/engine/iso/image-damage.ts';
import { runChecked } from '../../../testbed/command.ts';
import { isInstalled } from '../../../testbed/gate.ts';
import { fileOfBytes } from './file-of-bytes.ts';
import { wimBytes, windowsImageXml } from './wim-bytes.ts';

const read = (bytes: Uint8Array) => readWim(fileOfBytes(bytes));

const twoEditions = `<WIM>${windowsImageXml(1, 'Core', 'Windows 11 Home')}${windowsImageXml(2, 'Professional', 'Windows 11 Pro')}<TOTALBYTES>5</TOTALBYTES></WIM>`;

describe('a WIM of Windows', () => {
  it('says its editions, builds and architecture', async () => {
    const wim = await read(wimBytes({ xml: twoEditions, bootIndex: 2 }));
    expect(wim).toMatchObject({ compression: 'lzx', isSolid: false, partNumber: 1, totalParts: 1, bootIndex: 2 });
    expect(wim.images.map(({ index, editionId, name }) => [index, editionId, name])).toEqual([
      [1, 'Core', 'Windows 11 Home'],
      [2, 'Professional', 'Windows 11 Pro'],
    ]);
    expect(wim.images[0]).toEqual({
      index: 1,
      name: 'Windows 11 Home',
      description: 'Windows 11 Home',
      displayName: 'Windows 11 Home',
      editionId: 'Core',
      installationType: 'Client',
      architecture: 'x86_64',
      version: '10.0.26100',
      build: 26100,
      servicePackBuild: 1742,
      languages: ['en-US'],
      defaultLanguage: 'en-US',
      totalBytes: 16_000_000_000,
    });
  });

  it('is told from an ESD, whose streams are solid', async () => {
    const wim = await read(wimBytes({ xml: twoEditions, version: 0x0e00, flags: 0x0008_0002 }));
    expect(wim).toMatchObject({ isSolid: true, compression: 'lzms', bootIndex: undefined });
  });

  it.each([
    ['5', 'armhf'],
    ['0', 'i386'],
    ['12', 'aarch64'],
    ['77', undefined],
  ])('calls architecture %s %s', async (number, expected) => {
    const xml = `<WIM><IMAGE INDEX="1"><WINDOWS><ARCH>${number}</ARCH></WINDOWS></IMAGE></WIM>`;
    expect((await read(wimBytes({ xml }))).images[0]?.architecture).toBe(expected);
  });

  it('shows no control characters and no endless names', async () => {
    const xml = `<WIM><IMAGE INDEX="1"><NAME>a&#9;&#x202e;${'b'.repeat(5000)} &amp; &lt;c&gt;</NAME></IMAGE></WIM>`;
    const name = (await read(wimBytes({ xml }))).images[0]?.name;
    expect(name).toMatch(/^a b+$/);
    expect(name?.length).toBe(200);
  });
});

const oneImage = '<WIM><IMAGE INDEX="1"/></WIM>';

describe('a WIM that lies', () => {
  it.each([
    ['nothing', Buffer.alloc(0), /names bytes up to 208 of a file of 0/],
    ['another kind of file', Buffer.alloc(4096, 'x'), /no WIM header/],
    ['compressed XML', wimBytes({ xml: oneImage, xmlFlags: 0x04 }), /XML of its WIM is compressed/],
    ['XML of 70 TB', wimBytes({ xml: oneImage, xmlStoredBytes: 2 ** 52 }), /claims 4503599627370496 bytes/],
    ['XML behind the end', wimBytes({ xml: oneImage, xmlOffsetBytes: 2 ** 40 }), /names bytes up to/],
    ['XML that is cut off', wimBytes({ xml: '<WIM><IMAGE INDEX="1">' }), /not well-formed/],
    ['closing tags crosswise', wimBytes({ xml: '<WIM><IMAGE INDEX="1"><A></B></A></IMAGE></WIM>' }), /not well-formed/],
    [
      'a control character',
      wimBytes({ xml: '<WIM><IMAGE INDEX="1"><NAME>&#27;</NAME></IMAGE></WIM>' }),
      /not well-formed/,
    ],
    [
      'entities of its own',
      wimBytes({ xml: '<!DOCTYPE WIM [<!ENTITY a "aa">]><WIM><IMAGE INDEX="1"><NAME>&a;</NAME></IMAGE></WIM>' }),
      /not well-formed/,
    ],
    ['XML of something else', wimBytes({ xml: '<svg></svg>', imageCount: 0 }), /not that of a WIM/],
    ['deep XML', wimBytes({ xml: '<A>'.repeat(100_000), imageCount: 0 }), /absurdly large/],
    ['a million elements', wimBytes({ xml: `<WIM>${'<A/>'.repeat(500_000)}</WIM>`, imageCount: 0 }), /absurdly large/],
    ['too many images', wimBytes({ xml: `<WIM>${'<IMAGE />'.repeat(300)}</WIM>` }), /claims to hold 300 images/],
    ['another count of images', wimBytes({ xml: oneImage, imageCount: 7 }), /counts 7 images and the XML 1/],
    ['a boot image that is not there', wimBytes({ xml: oneImage, bootIndex: 2 }), /starts image 2 of 1/],
  ])('is refused: %s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
    await expect(read(bytes)).rejects.toBeInstanceOf(ImageDamage);
  });

  it('is read to an end whatever its bytes say', async () => {
    const whole = wimBytes({ xml: twoEditions });
    let refused = 0;
    const change = fc.record({ at: fc.oneof(fc.nat(207), fc.nat(whole.length - 1)), value: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const { at, value } of changes) bytes[at] = value;
        const file = fileOfBytes(bytes);
        const problem: unknown = await readWim(file).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(problem === undefined || problem instanceof ImageDamage).toBe(true);
        if (problem !== undefined) refused += 1;
        expect(file.readBytes()).toBeLessThanOrEqual(bytes.length + 208);
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(10);
  });
});

describe.skipIf(!isInstalled('wimlib-imagex'))('a WIM of wimlib', { timeout: 60_000 }, () => {
  it.each([
    ['none', 'none'],
    ['XPRESS', 'xpress'],
    ['LZX', 'lzx'],
    ['LZMS', 'lzms'],
  ])('reads what wimlib wrote with compression %s', async (option, compression) => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-wim-'));
    try {
      const content = join(folder, 'content');
      await mkdir(content);
      await writeFile(join(content, 'file'), 'x'.repeat(100_000));
      const path = join(folder, 'boot.wim');
      await runChecked(['wimlib-imagex', 'capture', content, path, 'PE', `--compress=${option}`]);
      const properties = ['WINDOWS/ARCH=9', 'WINDOWS/EDITIONID=WindowsPE', 'WINDOWS/VERSION/MAJOR=10'];
      properties.push('WINDOWS/VERSION/MINOR=0', 'WINDOWS/VERSION/BUILD=22631', 'WINDOWS/LANGUAGES/LANGUAGE=de-DE');
      await runChecked([
        'wimlib-imagex',
        'info',
        path,
        '1',
        'Größe & "Setup" ☃',
        '--boot',
        ...properties.map((property) => `--image-property=${property}`),
      ]);
      const wim = await read(await readFile(path));
      expect(wim).toMatchObject({ compression, bootIndex: 1 });
      expect(wim.images).toHaveLength(1);
      expect(wim.images[0]).toMatchObject({
        index: 1,
        name: 'Größe & "Setup" ☃',
        editionId: 'WindowsPE',
        architecture: 'x86_64',
        version: '10.0.22631',
        languages: ['de-DE'],
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
