import { copyFile, mkdtemp, readFile, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../main/contract/events.ts';
import type { ImageDescription } from '../../main/contract/image.ts';
import { debianKernel } from '../main/engine/images/memory-image.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { type BuiltIso, canBuildIso } from '../testbed/iso-builder.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { buildBootableIso, KERNEL_FILE, SYSTEM_FILE, systemBytes } from './fixtures/bootable-iso.ts';
import { fieldboot } from './fixtures/command-line.ts';

/**
 * The image goes away, is replaced or cut short while it is served. Clients get a clean failure and never wrong bytes; the station
 * says so once, lives on, and serves again when the file is back.
 */

const SYSTEM_BYTES = 24_000_000;
/** Without fractions, as a file's times are set in floating-point seconds. */
const MODIFIED_AT = new Date('2024-03-01T12:00:00Z');
/** Longer than the station goes without a look at the file's path. */
const NOTICED_MS = 1_200;

const expected = systemBytes(SYSTEM_BYTES);
const orderlyEnd = { code: 0, signal: null };
const CURL_HTTP_ERROR = 22;
const CURL_PARTIAL_FILE = 18;

interface Download {
  readonly code: number;
  readonly said: string;
}

describe.skipIf(!bedAvailable('curl', 'busybox') || !canBuildIso())('an image while it is served', () => {
  let bed: Bed;
  let built: BuiltIso;
  let client: ClientNamespace;
  let folder: string;
  let image: string;
  let imageId: string;
  let station: Station;
  beforeAll(async () => {
    built = await buildBootableIso(SYSTEM_BYTES);
    bed = await Bed.open();
    client = await bed.addClient({ address: '192.168.77.9/24' });
    const { stdout } = await fieldboot(['inspect', built.path, '--json']);
    imageId = (JSON.parse(stdout) as ImageDescription).id;
  });
  afterAll(async () => {
    await bed[Symbol.asyncDispose]();
    await built[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-trouble-'));
    image = join(folder, 'image.iso');
    await copyFile(built.path, image);
    await utimes(image, MODIFIED_AT, MODIFIED_AT);
    station = await Station.serve(bed, { image });
  });
  afterEach(async () => {
    await station[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const download = async (url: string, ...words: string[]): Promise<Download> => {
    const file = join(folder, 'downloaded');
    await rm(file, { force: true });
    const curl = ['curl', '--silent', '--show-error', '--fail', '--max-time', '30', '--output', file, ...words, url];
    const { code, stderr } = await client.namespace.run(curl);
    return { code, said: stderr.trim() };
  };
  const urlOf = (path: string): string => `http://${Bed.address}/${imageId}/${path}`;
  const downloaded = async (): Promise<Buffer> => await readFile(join(folder, 'downloaded'));
  const troubles = (): Extract<EngineEvent, { type: 'engine.trouble' }>[] => station.eventsOf('engine.trouble');

  const expectServed = async (): Promise<void> => {
    expect(await download(urlOf(SYSTEM_FILE))).toEqual({ code: 0, said: '' });
    expect((await downloaded()).equals(expected)).toBe(true);
  };

  /** However often and by whatever protocol it is asked for. */
  const expectRefused = async (detail: RegExp): Promise<void> => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const { code, said } = await download(urlOf(SYSTEM_FILE));
      expect(said).toContain('500');
      expect(code).toBe(CURL_HTTP_ERROR);
    }
    // A file of its own: busybox removes what it could not fill, and as root even /dev/null.
    const target = join(folder, 'refused');
    const get = ['busybox', 'tftp', '-g', '-r', `${imageId}/${SYSTEM_FILE}`, '-l', target, Bed.address];
    const { code, stderr } = await client.namespace.run(get);
    expect(stderr).toContain('the file could not be read');
    expect(code).toBe(1);
    expect(troubles()).toMatchObject([{ code: 'E_IMAGE_CHANGED' }]);
    expect(troubles()[0]?.title).toContain(image);
    expect(troubles()[0]?.title).toMatch(detail);
    expect(troubles()[0]?.advice).toContain('Put the original file back');
  };

  it('goes away, and comes back', async () => {
    await expectServed();
    // What boots a machine lies in the boot tree by then, and does without the image.
    await expect
      .poll(async () => (await stat(join(station.dataFolder, 'trees', imageId, imageId, KERNEL_FILE))).size, {
        timeout: 5_000,
      })
      .toBe(debianKernel.length);
    await rename(image, `${image}.away`);
    await delay(NOTICED_MS);
    await expectRefused(/it is no longer there/);
    expect(await download(urlOf(KERNEL_FILE))).toMatchObject({ code: 0 });
    expect((await downloaded()).equals(debianKernel)).toBe(true);

    await rename(`${image}.away`, image);
    await expectServed();
    expect(troubles()).toHaveLength(1);
    expect(await station.stop()).toEqual(orderlyEnd);
  });

  it('is replaced, and put back', async () => {
    await expectServed();
    await rename(image, `${image}.away`);
    await copyFile(built.path, image);
    await delay(NOTICED_MS);
    await expectRefused(/another file took its place/);

    await rename(`${image}.away`, image);
    await expectServed();
    expect(await station.stop()).toEqual(orderlyEnd);
  });

  it('is cut short, and restored', async () => {
    await expectServed();
    await truncate(image, 1_000_000);
    await delay(NOTICED_MS);
    await expectRefused(/its size went from \d+ to 1000000 bytes/);

    await copyFile(built.path, image);
    await utimes(image, MODIFIED_AT, MODIFIED_AT);
    await expectServed();
    expect(await station.stop()).toEqual(orderlyEnd);
  });

  it('is written to', async () => {
    await expectServed();
    await writeFile(image, Buffer.alloc(1), { flag: 'r+' });
    await delay(NOTICED_MS);
    await expectRefused(/it was written to/);
    expect(await station.stop()).toEqual(orderlyEnd);
  });

  it.each(['cut short', 'deleted'])('is %s in the middle of a download', async (what) => {
    const downloading = download(urlOf(SYSTEM_FILE), '--limit-rate', '4M');
    await station.waitForEvent('transfer.progress', ({ sentBytes }) => sentBytes > 2_000_000, 10_000);
    if (what === 'deleted') await rm(image);
    else await truncate(image, 1_000_000);
    const { code, said } = await downloading;
    expect(code).toBe(CURL_PARTIAL_FILE);
    expect(said).toMatch(/transfer closed|end of response/);
    // What came is right: nothing was made up for what could not be read.
    const got = await downloaded();
    expect(got.length).toBeLessThan(SYSTEM_BYTES);
    expect(got.equals(expected.subarray(0, got.length))).toBe(true);
    const ended = await station.waitForEvent('transfer.ended', () => true, 5_000);
    expect(ended).toMatchObject({ outcome: 'failed', reason: troubles()[0]?.title });
    expect(troubles()).toMatchObject([{ code: 'E_IMAGE_CHANGED' }]);
    expect(await station.stop()).toEqual(orderlyEnd);
  });
});
