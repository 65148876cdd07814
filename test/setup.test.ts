import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** How set-up gets files out of Debian's packages, with programs in the place of apt's that need no network. */

const setUp = resolve(import.meta.dirname, '../.setup');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-setup-test-'));
  await mkdir(join(folder, 'bin'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const manifest = {
  packages: [
    {
      package: 'ipxe',
      version: '1.0-1',
      suite: 'trixie',
      files: [
        { file: 'undionly.kpxe', pathInPackage: 'usr/lib/undionly.kpxe', sha256: sha256('loader'), required: true },
      ],
    },
    {
      package: 'shim-signed',
      version: '2.0-1',
      suite: 'trixie',
      files: [{ file: 'shimx64.efi', pathInPackage: 'usr/lib/shimx64.efi', sha256: sha256('shim') }],
    },
  ],
};

interface Debian {
  readonly mirror?: string;
  /** Package to version. */
  readonly offers: Readonly<Record<string, string>>;
  /** Package to the content of the one file in it. */
  readonly holds: Readonly<Record<string, string>>;
}

/** Puts programs into PATH that behave like apt's as far as set-up uses them. */
async function pretend({ mirror = 'http://mirror.test/debian', offers, holds }: Debian): Promise<void> {
  const program = async (name: string, body: string): Promise<void> => {
    await writeFile(join(folder, 'bin', name), `#!/bin/sh\nlast() { for word; do :; done; echo "$word"; }\n${body}\n`);
    await chmod(join(folder, 'bin', name), 0o755);
  };
  const cases = (map: Readonly<Record<string, string>>, make: (value: string, name: string) => string): string =>
    `case "$(last "$@")" in\n${Object.entries(map)
      .map(([name, value]) => `*${name}*) ${make(value, name)};;`)
      .join('\n')}\nesac`;
  await program(
    'apt-get',
    `echo "$@" >> ${folder}/apt.log
case "$*" in
*--print-uris*) echo "'${mirror}/dists/bookworm/main/binary-amd64/Packages.xz' Packages 0";;
*download*) ${cases(offers, (_, name) => `touch ${name}.deb`)};;
esac`,
  );
  await program(
    'apt-cache',
    cases(offers, (version, name) => `echo " ${name} | ${version} | somewhere"`),
  );
  await program(
    'dpkg-deb',
    `mkdir -p "$3/usr/lib"\ncase "$2" in\n${Object.entries(holds)
      .map(
        ([name, content]) =>
          `*${name}*) for file in undionly.kpxe shimx64.efi; do printf ${content} > "$3/usr/lib/$file"; done;;`,
      )
      .join('\n')}\nesac`,
  );
}

/** Runs a few lines of set-up in a process of their own. */
async function run(lines: string, environment: Record<string, string> = {}): Promise<{ stdout: string; said: string }> {
  const script = `import { ensurePinnedFiles, verifyGivenFolder } from ${JSON.stringify(join(setUp, 'pinned-files.mjs'))};
const manifest = ${JSON.stringify(manifest)};
${lines}`;
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, ...environment };
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], { env }, (error, stdout, said) => {
      if (error === null) resolve({ stdout: stdout.trim(), said });
      else reject(error);
    });
  });
}

const ensure = async (environment?: Record<string, string>): Promise<{ stdout: string; said: string }> =>
  await run(
    `console.log(await ensurePinnedFiles('boot loaders', manifest, ${JSON.stringify(join(folder, 'loaders'))}))`,
    environment,
  );

const stored = async (): Promise<string[]> => await readdir(join(folder, 'loaders')).catch(() => []);

describe.skipIf(process.platform === 'win32')('set-up', () => {
  const offers = { ipxe: '1.0-1', 'shim-signed': '2.0-1' };
  const holds = { ipxe: 'loader', 'shim-signed': 'shim' };

  it('stores what is missing, from the mirror of the machine, and does nothing the second time', async () => {
    await pretend({ offers, holds });
    expect((await ensure()).stdout).toBe('true');
    expect((await stored()).sort()).toEqual(['shimx64.efi', 'undionly.kpxe']);
    expect(await readFile(join(folder, 'loaders/undionly.kpxe'), 'utf8')).toBe('loader');

    const calls = await readFile(join(folder, 'apt.log'), 'utf8');
    expect(calls).toMatch(/Dir::Etc::sourceparts=\/dev\/null.* update/);
    expect(await ensure()).toEqual({ stdout: 'true', said: '' });
    expect(await readFile(join(folder, 'apt.log'), 'utf8')).toBe(calls);
  });

  it('refuses a file of another hash by its name, and stores the others', async () => {
    await pretend({ offers, holds: { ...holds, ipxe: 'tampered' } });
    const { stdout, said } = await ensure();
    expect(stdout).toBe('false');
    expect(said).toContain(
      `undionly.kpxe REFUSED: its SHA-256 is ${sha256('tampered')}, and ${sha256('loader')} is pinned`,
    );
    expect(await stored()).toEqual(['shimx64.efi']);
  });

  it('stores files in folders of their own, as the netboot installers have', async () => {
    await pretend({ offers, holds });
    const { stdout } = await run(
      `for (const { files } of manifest.packages) for (const file of files) file.file = 'one/of/' + file.file;
console.log(await ensurePinnedFiles('netboot installers', manifest, ${JSON.stringify(join(folder, 'loaders'))}))`,
    );
    expect(stdout).toBe('true');
    expect((await readdir(join(folder, 'loaders/one/of'))).sort()).toEqual(['shimx64.efi', 'undionly.kpxe']);
  });

  it('pins netboot installers of which each has a kernel and its initrd', async () => {
    const text = await readFile(resolve(setUp, '../assets/netboot-installers.json'), 'utf8');
    const { packages } = JSON.parse(text) as { packages: { files: { file: string; sha256: string }[] }[] };
    expect(packages.length).toBeGreaterThan(1);
    for (const { files } of packages) {
      const names = files.map(({ file }) => file.split('/'));
      expect(names.map(([, name]) => name)).toEqual(['linux', 'initrd.gz']);
      expect(new Set(names.map(([place]) => place)).size).toBe(1);
      expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(2);
    }
  });

  it('replaces a stored file that was changed', async () => {
    await pretend({ offers, holds });
    await ensure();
    await writeFile(join(folder, 'loaders/shimx64.efi'), 'changed');
    const { stdout, said } = await ensure();
    expect(stdout).toBe('true');
    expect(said).toContain('shimx64.efi is not the pinned one and will be replaced');
    expect(await readFile(join(folder, 'loaders/shimx64.efi'), 'utf8')).toBe('shim');
  });

  it('says for each loader that Debian has another version by now, and goes on with the others', async () => {
    await pretend({ offers: { ...offers, 'shim-signed': '2.1-1' }, holds });
    const { stdout, said } = await ensure();
    expect(stdout).toBe('false');
    expect(said).toContain(
      'shimx64.efi is missing: shim-signed 2.0-1 is pinned, and Debian trixie has 2.1-1 in its place',
    );
    expect(await stored()).toEqual(['undionly.kpxe']);
  });

  it('says that a machine has no Debian mirror, or no apt', async () => {
    await pretend({ offers, holds, mirror: 'http://mirror.test/debian-security-only' });
    await writeFile(join(folder, 'bin/apt-get'), '#!/bin/sh\n');
    expect((await ensure()).said).toContain("no Debian mirror is in this machine's apt sources");
    expect((await ensure({ PATH: join(folder, 'nothing') })).said).toContain(
      'this computer has no apt-get, apt-cache, dpkg-deb',
    );
  });

  it('verifies a folder that was given, names what is wrong in it, and leaves it alone', async () => {
    const given = join(folder, 'given');
    await mkdir(given);
    await writeFile(join(given, 'undionly.kpxe'), 'tampered');
    const { stdout, said } = await run(
      `console.log(verifyGivenFolder('boot loaders', manifest, ${JSON.stringify(given)}))`,
    );
    expect(stdout).toBe('false');
    expect(said).toContain(
      `REFUSED ${join(given, 'undionly.kpxe')}: its SHA-256 is not the pinned ${sha256('loader')}`,
    );
    expect(said).toContain(`${join(given, 'shimx64.efi')} is not there`);
    expect(await readFile(join(given, 'undionly.kpxe'), 'utf8')).toBe('tampered');
  });
});
