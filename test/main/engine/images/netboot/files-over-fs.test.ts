import { describe, expect, it } from 'vitest';
import { withFolder } from '../../../../../main/engine/images/netboot/files-over-fs.ts';
import { findPaths } from '../../../../../main/engine/images/path-pattern.ts';
import { memoryFs } from '../memory-image.ts';

const extra = async () => {
  const linux = await memoryFs({ linux: 'kernel' }).open('linux');
  if (linux === undefined) throw new Error('no file');
  return withFolder(
    memoryFs({ 'install.amd/vmlinuz': 'disc', '.netboot/6.1/linux': 'hidden', '.netboot/6.1/other': 'hidden' }, 'DISC'),
    '.netboot/6.1',
    new Map([['linux', linux]]),
  );
};

describe('a folder over a file system', () => {
  it('is listed from the root on, once, and holds its files alone', async () => {
    const fs = await extra();
    const names = async (path: string) => (await fs.list(path))?.map(({ name, type }) => `${type} ${name}`);
    expect(await names('')).toEqual(['directory install.amd', 'directory .netboot']);
    expect(await names('.netboot')).toEqual(['directory 6.1']);
    expect(await names('.netboot/6.1')).toEqual(['file linux']);
    expect(fs.volumeLabel).toBe('DISC');
  });

  it.each([
    ['.netboot/6.1/linux', 'kernel'],
    ['.NETBOOT/6.1/LINUX', 'kernel'],
    ['install.amd/vmlinuz', 'disc'],
  ])('opens %s', async (path, content) => {
    const file = await (await extra()).open(path);
    const bytes = new Uint8Array(file?.sizeBytes ?? 0);
    await file?.read(bytes, 0);
    expect(new TextDecoder().decode(bytes)).toBe(content);
  });

  it.each(['.netboot/6.1/other', '.netboot/6.1', '.netboot', 'absent'])('opens no %s', async (path) => {
    expect(await (await extra()).open(path)).toBeUndefined();
  });

  it.each([
    ['.netboot/6.1/linux', 'file', 6],
    ['.netboot/6.1', 'directory', 0],
    ['.netboot', 'directory', 0],
    ['install.amd', 'directory', 0],
  ])('says what %s is', async (path, type, sizeBytes) => {
    expect(await (await extra()).stat(path)).toMatchObject({ type, sizeBytes });
  });

  it('is found by patterns', async () => {
    expect(await findPaths(await extra(), '.netboot/*/linux')).toEqual(['.netboot/6.1/linux']);
  });
});
