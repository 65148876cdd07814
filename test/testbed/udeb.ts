import { chmod, copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { runChecked } from './command.ts';
import { type PackageRecord, parsePackages } from './debian-archive.ts';

/** Packages of Debian's installer put together from files of Debian's packages, for those that a mirror does not have. */

export interface UdebContents {
  readonly name: string;
  readonly version: string;
  /** Fields of its control file, besides name, version and architecture. */
  readonly fields: Readonly<Record<string, string>>;
  /** Files by their paths in the package. */
  readonly files: Readonly<Record<string, string>>;
}

/** Writes a package into the pool of an archive and resolves to its record. */
export async function writeUdeb(archive: string, work: string, udeb: UdebContents): Promise<PackageRecord> {
  const { name, version, fields, files } = udeb;
  const tree = join(work, `udeb-${name}`);
  for (const [path, source] of Object.entries(files)) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await copyFile(source, join(tree, path));
    await chmod(join(tree, path), (await stat(source)).mode & 0o777);
  }
  const control = [
    `Package: ${name}`,
    `Version: ${version}`,
    'Architecture: amd64',
    'Maintainer: A test <test@fieldboot.invalid>',
    'Section: debian-installer',
    ...Object.entries(fields).map(([field, value]) => `${field}: ${value}`),
    'Description: put together for a test',
    '',
  ].join('\n');
  await mkdir(join(tree, 'DEBIAN'), { recursive: true });
  await writeFile(join(tree, 'DEBIAN/control'), control);
  const path = `pool/main/l/linux-signed-amd64/${name}_${version}_amd64.udeb`;
  const target = join(archive, path);
  await mkdir(dirname(target), { recursive: true });
  await runChecked(['dpkg-deb', '--root-owner-group', '-Zgzip', '--build', tree, target]);
  const bytes = await readFile(target);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const text = `${control.trim()}\nFilename: ${path}\nSize: ${bytes.length}\nSHA256: ${sha256}\n`;
  const [record] = parsePackages(text);
  if (record === undefined) throw new Error(`No record of ${basename(path)}`);
  return record;
}

/** The files of a folder whose names fit, and links to files as files, by their paths below it, put below another one. */
export async function filesBelow(folder: string, names: RegExp, prefix = ''): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => !entry.isDirectory() && names.test(entry.name))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [join(prefix, relative(folder, path)), path];
      }),
  );
}
