import { describe, expect, it } from 'vitest';
import { identify } from '../../../../main/engine/images/identify.ts';
import { rewriteText } from '../../../../main/engine/images/rewritten-files.ts';
import { treeFiles, treeScripts } from '../../../../main/engine/images/tree-contents.ts';
import { rewrittenRoute } from '../../../../main/engine/images/rewritten-route.ts';
import { esxiCases } from './catalogue/hypervisors.ts';
import { memoryImage } from './memory-image.ts';

const request = (path: string) =>
  ({ path, query: new URLSearchParams(), protocol: 'http', peerAddress: '192.168.77.10' }) as const;

describe('files that are rewritten for the network', () => {
  it('serves the configuration of ESXi with the address of the station', async () => {
    const image = await identify(memoryImage(esxiCases[0]!.image));
    const route = rewrittenRoute(image, 'http://192.168.77.1');
    const file = await route.claim(request(`${image.id}/boot.cfg`));
    const bytes = new Uint8Array(file?.sizeBytes ?? 0);
    await file?.read(bytes, 0);
    const lines = new TextDecoder().decode(bytes).trim().split('\n');
    expect(lines).toContain('kernel=b.b00');
    expect(lines).toContain('modules=jumpstrt.gz --- useropts.gz --- k.b00');
    expect(lines).toContain('kernelopt=runweasel');
    expect(lines.filter((line) => line.startsWith('prefix='))).toEqual([`prefix=http://192.168.77.1/${image.id}`]);
    expect(await route.claim(request(`${image.id}/k.b00`))).toBeUndefined();
    expect(await route.claim(request('other/boot.cfg'))).toBeUndefined();
  });

  it('stands in a boot tree as it is served, and not twice', async () => {
    const opened = memoryImage(esxiCases[0]!.image);
    const image = await identify(opened);
    const texts = treeScripts(image, undefined, 'http://10.0.0.1').filter(({ path }) => /boot\.cfg$/i.test(path));
    expect(texts.map(({ path }) => path)).toEqual([`${image.id}/boot.cfg`]);
    expect(texts[0]?.text).toContain(`prefix=http://10.0.0.1/${image.id}\n`);
    const files = await treeFiles(opened, image, true);
    expect(files.map(({ path }) => path)).toEqual([`${image.id}/efi/boot/bootx64.efi`]);
  });

  it('replaces every match and appends lines behind the last', () => {
    const rule = { replace: [{ regex: '^a=/', by: 'a=' }], append: ['end'] };
    expect(rewriteText('a=/1\r\nb=/2\r\na=/3', rule)).toBe('a=1\nb=/2\na=3\nend\n');
    expect(rewriteText('x', { replace: [], append: [] })).toBe('x');
  });
});
