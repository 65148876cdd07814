import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addImagesCommand } from '../../../main/commands/images.ts';
import { addInspectCommand } from '../../../main/commands/inspect.ts';
import { addTreeCommand } from '../../../main/commands/tree.ts';
import { imageDescriptionSchema } from '../../../main/contract/image.ts';
import { type BuiltIso, buildIso, canBuildIso } from '../../testbed/iso-builder.ts';
import { debianKernel } from '../engine/images/memory-image.ts';
import { type CommandResult, runCommand } from './run-command.ts';

const inspect = async (...words: string[]): Promise<CommandResult> =>
  await runCommand(addInspectCommand, 'inspect', ...words);
const images = async (...words: string[]): Promise<CommandResult> =>
  await runCommand(addImagesCommand, 'images', ...words);
const tree = async (...words: string[]): Promise<CommandResult> => await runCommand(addTreeCommand, 'tree', ...words);

describe.skipIf(!canBuildIso())('commands on images', () => {
  let built: BuiltIso;
  let folder: string;
  let iso: string;
  beforeAll(async () => {
    built = await buildIso({
      label: 'Debian 12 netboot',
      files: {
        'isolinux/isolinux.bin': Buffer.alloc(4096),
        'isolinux/isolinux.cfg':
          'default install\nlabel install\n menu label ^Install\n kernel /debian-installer/amd64/linux\n append initrd=/debian-installer/amd64/initrd.gz --- quiet\n',
        'debian-installer/amd64/linux': debianKernel,
        'debian-installer/amd64/initrd.gz': Buffer.alloc(10_000),
        'version.info': 'Debian version:  12 (bookworm)\n',
      },
      boot: { bios: 'isolinux/isolinux.bin' },
    });
  });
  afterAll(async () => await built[Symbol.asyncDispose]());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-commands-'));
    iso = join(folder, 'image.iso');
    await copyFile(built.path, iso);
    vi.stubEnv('FIELDBOOT_DATA', join(folder, 'data'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('inspect prints one JSON document, the description', async () => {
    const { stdout, stderr, exitCode } = await inspect(iso, '--json');
    const description = imageDescriptionSchema.parse(JSON.parse(stdout));
    expect(description).toMatchObject({ path: iso, recipe: 'debian-netboot', bootCatalogue: ['bios'] });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });

  it('inspect tells a person', async () => {
    const { stdout, stderr } = await inspect(iso);
    const told = stdout
      .replaceAll(iso, 'image.iso')
      .replaceAll(/-[0-9a-f]{8}\b/g, '-DIGEST')
      .replace(/\(\d+ kB\)/, '(SIZE)');
    expect(told).toMatchSnapshot();
    expect(stderr).toBe('');
  });

  it('inspect never passes control sequences of an image on to the terminal', async () => {
    await using evil = await buildIso({
      label: 'EVIL',
      files: { 'isolinux.cfg': 'label a\n menu label \u001b]0;owned\u0007\u001b[2Jx\n kernel /k\n', k: debianKernel },
    });
    const { stdout } = await inspect(evil.path);
    expect(stdout).toContain('x');
    // oxlint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  it.each([
    ['not there', 'nope.iso', undefined, 'E_IMAGE_NOT_FOUND', 1],
    ['empty', 'empty.iso', '', 'E_IMAGE_EMPTY', 1],
    ['not an ISO', 'text.iso', 'hello', 'E_NOT_AN_ISO', 1],
  ])('inspect refuses a file that is %s, in both ways', async (_title, name, content, code, expected) => {
    const path = join(folder, name);
    if (content !== undefined) await writeFile(path, content);
    const json = await inspect(path, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code } });
    expect({ stderr: json.stderr, exitCode: json.exitCode }).toEqual({ stderr: '', exitCode: expected });
    const told = await inspect(path);
    expect(told).toMatchObject({ stdout: '', exitCode: expected });
    expect(told.stderr).toContain(code);
  });

  it('images keeps a library', async () => {
    expect((await images('list')).stdout).toContain('The library is empty');
    const added = JSON.parse((await images('add', iso, '--json')).stdout) as { image: { id: string } };
    const { id } = added.image;
    expect((await images('list')).stdout).toMatch(new RegExp(`${id}.*as added`));
    expect(JSON.parse((await images('list', '--json')).stdout)).toMatchObject({ images: [{ id, state: 'as-added' }] });
    expect((await images('verify', 'debian')).stdout).toContain('is what was added');
    expect((await inspect(id)).stdout).toContain(iso);
    expect((await images('remove', id)).stdout).toContain(`Removed ${id}`);
    expect(JSON.parse((await images('list', '--json')).stdout)).toEqual({ images: [] });
    expect((await images('remove', id)).exitCode).toBe(1);
  });

  it('images add refuses what a checksum file beside it disagrees with', async () => {
    await writeFile(`${iso}.sha256`, `${'0'.repeat(64)}  image.iso\n`);
    const { stdout, exitCode } = await images('add', iso, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'E_CHECKSUM_MISMATCH' } });
    expect(exitCode).toBe(3);
  });

  it('tree writes a tree, and another over it only when it is told to', async () => {
    const out = join(folder, 'tree');
    const first = await tree(iso, '--out', out, '--base-url', 'http://192.168.77.1/', '--json');
    expect(JSON.parse(first.stdout)).toMatchObject({ folder: out, baseUrl: 'http://192.168.77.1' });
    expect(await readdir(out)).toContain('boot.ipxe');
    const second = await tree(iso, '--out', out);
    expect(second.exitCode).toBe(1);
    expect(second.stderr).toContain('--force');
    const third = await tree(iso, '--out', out, '--force');
    expect(third).toMatchObject({ exitCode: 0, stderr: '' });
    expect(third.stdout).toContain('debian-installer/amd64/initrd.gz');
  });

  it('tree replaces nothing that is no tree, whatever it is told', async () => {
    await writeFile(join(folder, 'thesis.odt'), 'x');
    const { exitCode, stderr } = await tree(iso, '--out', folder, '--force');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('E_OUTPUT_NOT_WRITABLE');
    expect((await readdir(folder)).sort()).toEqual(['image.iso', 'thesis.odt']);
  });

  it.each(['ftp://x', 'http://x/path', 'http://user@x', 'x', 'http://x?y'])(
    'tree refuses the base URL %s',
    async (url) => {
      const { exitCode, stderr } = await tree(iso, '--out', join(folder, 'tree'), '--base-url', url);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('is no base URL');
    },
  );
});
