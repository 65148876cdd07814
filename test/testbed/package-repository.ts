import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PackageRecord } from './debian-archive.ts';

/** Writes the indexes of an unsigned package repository, as installer discs have them, beside a pool that is there. */
export async function writeRepository(
  folder: string,
  codename: string,
  packages: readonly PackageRecord[],
): Promise<void> {
  const files = new Map<string, Uint8Array>();
  for (const component of ['main', 'main/debian-installer']) {
    const text = packages
      .filter((record) => record.component === component)
      // An empty line after each: debootstrap does not see a last one without.
      .map((record) => `${record.text}\n\n`)
      .join('');
    files.set(`${component}/binary-amd64/Packages`, Buffer.from(text));
    files.set(`${component}/binary-amd64/Packages.gz`, gzipSync(text));
    // By this file the installer tells which architectures a mirror has.
    files.set(
      `${component}/binary-amd64/Release`,
      Buffer.from(`Archive: stable\nOrigin: Debian\nLabel: Debian\nComponent: ${component}\nArchitecture: amd64\n`),
    );
  }
  const release = [
    'Origin: Debian',
    'Label: Debian',
    'Suite: stable',
    `Codename: ${codename}`,
    'Architectures: amd64',
    'Components: main',
    'Description: packages of a test disc',
    'SHA256:',
    ...[...files].map(
      ([path, bytes]) => ` ${createHash('sha256').update(bytes).digest('hex')} ${bytes.length} ${path}`,
    ),
    '',
  ].join('\n');
  for (const [path, bytes] of [...files, ['Release', Buffer.from(release)] as const]) {
    const target = join(folder, 'dists', codename, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
}
