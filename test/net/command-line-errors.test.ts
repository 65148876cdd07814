import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  both32,
  directory,
  directoryRecord,
  isoImage,
  type RecordFields,
  ROOT_BLOCK,
  SECTOR_BYTES,
} from '../main/engine/iso/iso-bytes.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { canBuildIso } from '../testbed/iso-builder.ts';
import { buildBootableIso } from './fixtures/bootable-iso.ts';
import { fieldboot, refusalOf, withoutPrivileges } from './fixtures/command-line.ts';

/** Bad images and wrong words through the real command line: what a person reads, what a program reads, and the exit code. */

let folder: string;
let good: string;

const PVD = 16 * SECTOR_BYTES;
const VOLUME_BLOCKS_AT = 80;

/** An image made by hand whose root holds these records. */
function imageOf(records: readonly RecordFields[]): Buffer {
  const root = directory({ block: ROOT_BLOCK, records: records.map(directoryRecord) });
  return isoImage({ blocks: { [ROOT_BLOCK]: root }, rootBytes: root.length });
}

/** Every recipe looks into this folder. */
const menuFolder = (fields: Partial<RecordFields>): RecordFields => ({
  name: 'ISOLINUX',
  block: 30,
  bytes: SECTOR_BYTES,
  flags: 2,
  ...fields,
});

function claiming(volumeBlocks: number): Buffer {
  const image = imageOf([]);
  both32(volumeBlocks).copy(image, PVD + VOLUME_BLOCKS_AT);
  return image;
}

const webPage = '<!DOCTYPE html>\n<html><head><title>Sign in to the network</title></head><body></body></html>\n';
const zip = Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0\0\0', 'latin1'), Buffer.alloc(100_000, 7)]);

describe.skipIf(!canBuildIso() || !bedAvailable('setpriv'))('the command line', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-errors-'));
    good = join(folder, 'good.iso');
    await using built = await buildBootableIso();
    await copyFile(built.path, good);
  });
  afterAll(async () => await rm(folder, { recursive: true }));

  const contents: readonly (readonly [string, () => Uint8Array | string, code: string, title: RegExp])[] = [
    ['an empty file', () => '', 'E_IMAGE_EMPTY', /is empty \(0 bytes\)/],
    ['a text file', () => 'Things to do on Monday\n'.repeat(100), 'E_NOT_AN_ISO', /looks like a text file/],
    ['a ZIP archive', () => zip, 'E_NOT_AN_ISO', /looks like a ZIP archive/],
    ['a gzip file', () => gzipSync(imageOf([])), 'E_NOT_AN_ISO', /looks like a gzip-compressed file/],
    ['a web page', () => webPage, 'E_NOT_AN_ISO', /looks like a web page, so the download went wrong/],
    ['noise', () => Buffer.alloc(3_000_000, '\x01\xfe\x80\x11'), 'E_NOT_AN_ISO', /is not an ISO image\.$/],
    [
      'an image without anything to boot',
      () => imageOf([{ name: 'README.TXT', block: 30, bytes: 100 }]),
      'E_IMAGE_NOT_BOOTABLE',
      /nothing in it is known to boot/,
    ],
    [
      'an image with a directory that contains itself',
      () => imageOf([menuFolder({ block: ROOT_BLOCK })]),
      'E_IMAGE_DAMAGED',
      /one of its directories contains itself/,
    ],
    [
      'an image with a directory of 4 GiB',
      () => imageOf([menuFolder({ bytes: 0xffff_f800 })]),
      'E_IMAGE_DAMAGED',
      /claims a size of 4294965248 bytes/,
    ],
    [
      'an image with a directory far behind its end',
      () => imageOf([menuFolder({ block: 0xffff_fff0 })]),
      'E_IMAGE_DAMAGED',
      /points at byte 87960\d+, past the end of the volume/,
    ],
    ['an image that claims 8 TiB', () => claiming(0xffff_ffff), 'E_IMAGE_TRUNCATED', /should have 8796093020160 bytes/],
  ];

  it.each(contents)('refuses %s', async (_name, content, code, title) => {
    const path = join(folder, 'bad.iso');
    await writeFile(path, content());
    const said = await refusalOf(['inspect', path]);
    expect(said).toMatchObject({ code, exitCode: 1, data: { path } });
    expect(said.title).toMatch(title);
  });

  it('says the same of an image to whoever wants to serve, keep or unpack it', async () => {
    const path = join(folder, 'page.iso');
    await writeFile(path, webPage);
    const inspected = await refusalOf(['inspect', path]);
    const image = ['--image', path];
    expect(await refusalOf(['serve', ...image, '--interface', 'nowhere0'])).toEqual(inspected);
    expect(await refusalOf(['images', 'add', path])).toEqual(inspected);
    expect(await refusalOf(['tree', path, '--out', join(folder, 'tree')])).toEqual(inspected);
  });

  it('refuses an image that is cut short, and says by how much', async () => {
    const path = join(folder, 'cut.iso');
    await copyFile(good, path);
    await truncate(path, 200_704);
    const said = await refusalOf(['images', 'add', path], { dataFolder: folder });
    expect(said).toMatchObject({ code: 'E_IMAGE_TRUNCATED', exitCode: 1, data: { path, actualBytes: 200_704 } });
    expect(said.title).toMatch(/should have \d{6} bytes and has 200704/);
    expect(said.advice).toContain('SHA-256');
  });

  it('refuses an image whose end of a kernel is missing, although its size is right', async () => {
    const path = join(folder, 'short.iso');
    const image = imageOf([menuFolder({ flags: 0, name: 'ISOLINUX.CFG', bytes: 0x7fff_ffff })]);
    await writeFile(path, image);
    const said = await refusalOf(['inspect', path]);
    expect(said).toMatchObject({ code: 'E_IMAGE_DAMAGED', exitCode: 1 });
    expect(said.title).toContain('past the end of the volume');
  });

  it('refuses an image that this user may not read, and says how to change that', async () => {
    const path = join(folder, 'closed.iso');
    await copyFile(good, path);
    await chmod(path, 0);
    expect((await fieldboot(['inspect', path])).code).toBe(0);
    const said = await refusalOf(['inspect', path], { launcher: withoutPrivileges });
    expect(said).toMatchObject({ code: 'E_IMAGE_NOT_READABLE', exitCode: 1, data: { path } });
    expect(said.title).toContain('this user has no permission');
    expect(said.advice).toContain(`chmod +r "${path}"`);
  });

  it('refuses what is no file: nothing, a folder, a link to itself, a device', async () => {
    const link = join(folder, 'link.iso');
    await symlink(link, link);
    const codes = ['E_IMAGE_NOT_FOUND', 'E_NOT_AN_ISO', 'E_IMAGE_NOT_READABLE', 'E_NOT_AN_ISO'];
    const paths = [join(folder, 'missing.iso'), folder, link, '/dev/zero'];
    for (const [index, path] of paths.entries()) {
      expect(await refusalOf(['inspect', path])).toMatchObject({ code: codes[index], exitCode: 1 });
    }
  });

  it('refuses to write where it may not', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed, { mode: 0o500 });
    const unprivileged = { launcher: withoutPrivileges };
    const tree = await refusalOf(['tree', good, '--out', join(closed, 'tree')], unprivileged);
    expect(tree).toMatchObject({ code: 'E_OUTPUT_NOT_WRITABLE', exitCode: 1 });
    const added = await refusalOf(['images', 'add', good], { ...unprivileged, dataFolder: join(closed, 'data') });
    expect(added).toMatchObject({ code: 'E_OUTPUT_NOT_WRITABLE', exitCode: 1 });
  });

  it.each<readonly [string, (image: string) => readonly string[], problem: RegExp]>([
    ['a command that there is not', () => ['nonsense'], /There is no command "nonsense"/],
    ['an option that there is not', (image) => ['inspect', image, '--nonsense'], /nonsense/],
    ['a word too many', (image) => ['inspect', image, 'another'], /./],
    ['no image', () => ['inspect'], /missing/i],
    ['no interface', (image) => ['serve', '--image', image], /--interface/],
    ['an option of no command', () => ['--nonsense'], /nonsense/],
    ['a mode', (image) => ['serve', '--image', image, '--interface', 'lo', '--mode', 'x'], /--mode x/],
    ['a policy', (image) => ['serve', '--image', image, '--interface', 'lo', '--policy', 'x'], /--policy x/],
    [
      'a list of machines that is not there',
      (image) => ['serve', '--image', image, '--interface', 'lo', '--policy', 'macs:/nowhere/list'],
      /\/nowhere\/list cannot be read/,
    ],
    ['an end of a boot', (image) => ['serve', '--image', image, '--interface', 'lo', '--after-boot', 'x'], /x/],
    ['an address of the interface', (image) => ['serve', '--image', image, '--interface', 'lo', '--ui', 'x'], /x/],
    ['a number of machines', () => ['rehearse', '--clients', 'many'], /many/],
  ])('calls it wrong usage: %s', async (_name, words, problem) => {
    const said = await refusalOf(words(good));
    expect(said).toMatchObject({ code: 'E_USAGE', exitCode: 2 });
    expect(said.title).toMatch(problem);
    expect(said.advice).toContain('--help');
  });

  it('names the answer file that is not there', async () => {
    const words = ['serve', '--image', good, '--interface', 'lo', '--answer-file', '/nowhere/preseed.cfg'];
    const said = await refusalOf(words);
    expect(said).toMatchObject({ code: 'E_ANSWER_NOT_READABLE', exitCode: 2 });
    expect(said.title).toContain('/nowhere/preseed.cfg');
  });

  it('tells an entry that the image does not have, and those it has', async () => {
    const said = await refusalOf(['serve', '--image', good, '--interface', 'nowhere0', '--entry', 'nope']);
    expect(said).toMatchObject({ code: 'E_ENTRY_NOT_FOUND', exitCode: 2, data: { entry: 'nope', known: ['live'] } });
    expect(said.advice).toContain('live');
  });
});
