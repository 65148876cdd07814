import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addImage, verifyImage } from '../../../../main/engine/images/library.ts';
import { publishedFacts } from '../../../../main/engine/images/signature.ts';
import { writeRehearsalImage } from '../../../../main/engine/rehearsal/rehearsal-image.ts';
import { isInstalled } from '../../../testbed/gate.ts';

/** Real signatures by a real gpg, with a keyring of the test's own. */
describe.skipIf(!isInstalled('gpg'))('a signature beside an image', () => {
  let home: string;
  let folder: string;
  let image: string;
  let sha256: string;
  const gpg = (...words: string[]): string =>
    execFileSync('gpg', ['--batch', '--pinentry-mode', 'loopback', '--passphrase', '', ...words], {
      env: { ...process.env, GNUPGHOME: home },
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    });
  const put = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'fieldboot-gpg-'));
    gpg('--quick-generate-key', 'Bench Publisher <bench@example.invalid>', 'ed25519', 'sign', 'never');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    execFileSync('gpgconf', ['--kill', 'gpg-agent'], { env: { ...process.env, GNUPGHOME: home } });
    await rm(home, { recursive: true, force: true });
  });
  beforeEach(async () => {
    vi.stubEnv('GNUPGHOME', home);
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-signed-'));
    image = join(folder, 'bench.iso');
    await writeRehearsalImage(image, { kernelBytes: 50_000, initrdBytes: 50_000, systemBytes: 50_000 });
    sha256 = createHash('sha256')
      .update(await readFile(image))
      .digest('hex');
    return async () => await rm(folder, { recursive: true });
  });

  it.each([
    ['--detach-sign', '.gpg'],
    ['--detach-sign', '.sig'],
    ['--armor', '.asc'],
    ['--armor', '.sign'],
  ])('of a checksum file is checked (%s, %s)', async (option, extension) => {
    await put('SHA256SUMS', `${sha256}  bench.iso\n`);
    const file = join(folder, 'SHA256SUMS');
    gpg('--detach-sign', ...(option === '--armor' ? [option] : []), '--output', file + extension, file);
    expect(await publishedFacts(image)).toMatchObject({
      checksum: { file, sha256 },
      signature: { state: 'good', of: file, by: 'Bench Publisher <bench@example.invalid>', key: expect.stringMatching(/^[0-9A-F]{40}$/) as string }, // prettier-ignore
    });
    await put('SHA256SUMS', `${sha256}  bench.iso\n# changed\n`);
    expect((await publishedFacts(image)).signature).toMatchObject({ state: 'bad' });
  });

  it('around the checksums is checked, and nothing that stands outside of it counts', async () => {
    await put('plain', `SHA256 (bench.iso) = ${sha256}\n`);
    const file = join(folder, 'Bench-41-x86_64-CHECKSUM');
    gpg('--clear-sign', '--output', file, join(folder, 'plain'));
    expect(await publishedFacts(image)).toMatchObject({ checksum: { file, sha256 }, signature: { state: 'good' } });

    const signed = await readFile(file, 'utf8');
    await put('Bench-41-x86_64-CHECKSUM', `SHA256 (bench.iso) = ${'0'.repeat(64)}\n\n${signed}`);
    expect((await publishedFacts(image)).checksum?.sha256).toBe(sha256);
    await put('Bench-41-x86_64-CHECKSUM', signed.replace(sha256, '0'.repeat(64)));
    expect((await publishedFacts(image)).signature).toMatchObject({ state: 'bad' });
  });

  it('of the image itself is checked, by the command line too', async () => {
    gpg('--detach-sign', '--output', `${image}.sig`, image);
    expect(await publishedFacts(image)).toMatchObject({ checksum: undefined, signature: { state: 'good', of: image } });
    const added = await addImage(image, folder, { nowMs: 0 });
    expect(added.signature?.state).toBe('good');
    const bytes = await readFile(image);
    bytes[bytes.length - 1] = 1;
    await writeFile(image, bytes);
    await expect(addImage(image, folder, { nowMs: 0 })).rejects.toMatchObject({ code: 'E_SIGNATURE_BAD', exitCode: 3 });
    await expect(verifyImage(added.image.id, folder)).rejects.toMatchObject({ code: 'E_SIGNATURE_BAD' });
  });

  it('by a key that nobody knows says nothing', async () => {
    gpg('--detach-sign', '--output', `${image}.sig`, image);
    const empty = await mkdtemp(join(tmpdir(), 'fieldboot-gpg-'));
    vi.stubEnv('GNUPGHOME', empty);
    expect((await publishedFacts(image)).signature).toMatchObject({ state: 'unknown-key', key: expect.stringMatching(/^[0-9A-F]{16,40}$/) as string }); // prettier-ignore
    await addImage(image, folder, { nowMs: 0 });
    await rm(empty, { recursive: true, force: true });
  });

  it('is not checked where there is no gpg, and is none where it is something else', async () => {
    await put('bench.iso.sig', 'no signature');
    expect((await publishedFacts(image)).signature).toBeUndefined();
    await put('bench.iso.sig', '-----BEGIN PGP SIGNATURE-----\nnonsense\n');
    expect((await publishedFacts(image)).signature?.state).toBe('unreadable');
    vi.stubEnv('PATH', folder);
    expect((await publishedFacts(image)).signature?.state).toBe('not-checked');
  });
});
