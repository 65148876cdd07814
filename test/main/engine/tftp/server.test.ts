import { describe, expect, it } from 'vitest';
import { encodeData, encodeError, encodeRequest, type RequestedOptions } from '../../../../main/engine/tftp/packet.ts';
import { inShort, ScriptedClient } from './scripted-client.ts';
import { patternBytes, serve as serveBy } from './server-under-test.ts';

const edk2Probe: RequestedOptions = [
  ['tsize', '0'],
  ['blksize', '1468'],
  ['windowsize', '4'],
];

describe.each([
  ['the transfer thread', true],
  ['a socket for each transfer', false],
] as const)('by %s:', (_way, useThread) => {
  const serve: typeof serveBy = async (files, options) => await serveBy(files, { useThread, ...options });

  describe('files', () => {
    const sizes = [0, 1, 511, 512, 513, 1_024, 1_467, 1_468, 1_469, 2_936, 300_000];
    const shapes: readonly [string, RequestedOptions][] = [
      ['no option', []],
      ['blksize', [['blksize', '1468']]],
      ['blksize of 8', [['blksize', '8']]],
      ['everything', [...edk2Probe, ['timeout', '3'], ['rollover', '0']]],
      ['a large window', [['windowsize', '64']]],
    ];

    it.each(shapes)('arrive byte by byte with %s', async (_, options) => {
      const files = Object.fromEntries(sizes.map((size) => [`f${size}`, patternBytes(size)]));
      await using bed = await serve(files);
      await using client = await ScriptedClient.open(bed.endpoint);
      for (const size of sizes) {
        expect((await client.fetch(`f${size}`, options)).equals(patternBytes(size))).toBe(true);
      }
      await bed.idle();
      expect(bed.server.statistics).toMatchObject({ requests: sizes.length, failed: 0, aborted: 0, malformed: 0 });
    });

    it('of an exact multiple of the block size end in an empty block', async () => {
      await using bed = await serve({ f: patternBytes(1_024) });
      await using client = await ScriptedClient.open(bed.endpoint);
      client.request('f');
      const blocks: Buffer[] = [];
      for (let block = 1; block <= 3; block += 1) {
        const answer = await client.receive();
        blocks.push(answer.bytes);
        client.acknowledge(block, answer);
      }
      expect(blocks[2]).toEqual(encodeData(3, Buffer.alloc(0)));
      expect(await bed.event('transfer.ended')).toMatchObject({
        outcome: 'complete',
        sentBytes: 1_024,
        retransmits: 0,
      });
    });

    it('of more than 65535 blocks arrive whole', async () => {
      const bytes = patternBytes(70_000 * 8 + 3);
      await using bed = await serve({ f: bytes });
      await using client = await ScriptedClient.open(bed.endpoint);
      const options: RequestedOptions = [
        ['blksize', '8'],
        ['windowsize', '32'],
      ];
      expect((await client.fetch('f', options)).equals(bytes)).toBe(true);
    });

    it('are converted in netascii', async () => {
      const text = Buffer.from(`line one\nline two\r\nbare \r end ${'x'.repeat(2_000)}\n`);
      await using bed = await serve({ f: text });
      await using client = await ScriptedClient.open(bed.endpoint);
      const expected = text.toString('latin1').replaceAll(/[\r\n]/g, (end) => (end === '\n' ? '\r\n' : '\r\0'));
      expect((await client.fetch('f', [], 'NetASCII')).toString('latin1')).toBe(expected);
      expect(await bed.event('transfer.ended')).toMatchObject({ outcome: 'complete', sentBytes: text.length });
    });

    it('go to 32 clients at once, each its own', async () => {
      const files = Object.fromEntries(
        Array.from({ length: 32 }, (_, index) => [`f${index}`, patternBytes(400_000 + index)]),
      );
      await using bed = await serve(files, { limits: { maxTransfersPerPeer: 32 } });
      await Promise.all(
        Object.entries(files).map(async ([name, bytes]) => {
          await using client = await ScriptedClient.open(bed.endpoint);
          expect((await client.fetch(name, edk2Probe)).equals(bytes)).toBe(true);
        }),
      );
      await bed.idle();
      expect(bed.server.statistics).toMatchObject({ complete: 32, overLimit: 0 });
    });
  });

  describe('options', () => {
    it('are answered exactly, and data waits for the acknowledgement of the answer', async () => {
      await using bed = await serve({ f: patternBytes(10_000) });
      await using client = await ScriptedClient.open(bed.endpoint);
      client.request('f', [
        ['TSIZE', '0'],
        ['BlkSize', '1468'],
        ['windowsize', '4'],
        ['unknown', '1'],
      ]);
      const answer = await client.receive();
      expect(answer.bytes.toString('latin1')).toBe('\0\u0006tsize\u000010000\0blksize\u00001468\0windowsize\u00004\0');
      expect(answer.port).not.toBe(bed.endpoint.port);
      expect(await client.listen(150)).toEqual([]);
      client.acknowledge(0, answer);
      expect(await client.listen(50)).toEqual(expect.arrayContaining(['DATA 1', 'DATA 2', 'DATA 3', 'DATA 4']));
    });

    it('follow the MTU of the interface', async () => {
      await using bed = await serve({ f: patternBytes(10) }, { mtuBytes: 9_000 });
      await using client = await ScriptedClient.open(bed.endpoint);
      client.request('f', [['blksize', '65464']]);
      expect(inShort((await client.receive()).packet)).toBe('OACK blksize=8968');
    });

    it('may all be illegal: then there is no answer to them', async () => {
      await using bed = await serve({ f: patternBytes(10) });
      await using client = await ScriptedClient.open(bed.endpoint);
      client.request('f', [['blksize', '7']]);
      expect(inShort((await client.receive()).packet)).toBe('DATA 1');
    });
  });

  describe('a size probe', () => {
    it.each([8, 0] as const)(
      'that ends in error %i is normal, and the file is fetched by a new request',
      async (code) => {
        const bytes = patternBytes(50_000);
        await using bed = await serve({ 'snponly.efi': bytes });
        await using probing = await ScriptedClient.open(bed.endpoint);
        probing.request('snponly.efi', edk2Probe);
        const answer = await probing.receive();
        expect(inShort(answer.packet)).toBe('OACK tsize=50000 blksize=1468 windowsize=4');
        probing.send(encodeError(code, 'User aborted the transfer'), answer);
        expect(await bed.event('transfer.ended')).toMatchObject({ outcome: 'probe', sentBytes: 0 });

        await using client = await ScriptedClient.open(bed.endpoint);
        client.request('snponly.efi', edk2Probe.slice(1));
        const second = await client.receive();
        expect(inShort(second.packet)).toBe('OACK blksize=1468 windowsize=4');
        client.send(encodeError(0, 'enough'), second);
        expect((await client.fetch('snponly.efi', edk2Probe.slice(1))).equals(bytes)).toBe(true);
        await bed.idle();
        expect(bed.server.statistics).toMatchObject({ probe: 1, aborted: 1, complete: 1, failed: 0 });
      },
    );
  });

  describe('errors', () => {
    it('tell a missing file at once', async () => {
      await using bed = await serve({});
      await using client = await ScriptedClient.open(bed.endpoint);
      const askedAtMs = performance.now();
      client.request('autoexec.ipxe');
      const answer = await client.receive();
      expect(performance.now() - askedAtMs).toBeLessThan(250);
      expect(answer.bytes).toEqual(encodeError(1, 'file not found'));
      expect(answer.port).not.toBe(bed.endpoint.port);
      expect(bed.events).toEqual([
        { type: 'file.missing', protocol: 'tftp', peerAddress: '127.0.0.1', path: 'autoexec.ipxe' },
      ]);
    });

    it('answer every name of a boot menu search', async () => {
      await using bed = await serve({});
      await using client = await ScriptedClient.open(bed.endpoint);
      for (let index = 0; index < 200; index += 1) client.request(`pxelinux.cfg/${index}`);
      const answers: string[] = [];
      while (answers.length < 200) answers.push(inShort((await client.receive()).packet));
      expect(new Set(answers)).toEqual(new Set(['ERROR 1']));
      expect(bed.server.statistics).toMatchObject({ missing: 200, overLimit: 0 });
    });

    it.each(['../x', 'a/../../x', 'C:\\x', '\\\\srv\\x', '..\\x', `${'n'.repeat(512)}/..`])(
      'refuse %j without asking any route',
      async (path) => {
        await using bed = await serve({ x: patternBytes(1) });
        await using client = await ScriptedClient.open(bed.endpoint);
        client.request(path);
        expect(inShort((await client.receive()).packet)).toMatch(/^ERROR [24]$/);
        expect(bed.requests).toEqual([]);
      },
    );

    it.each(['a', '/a', '\\a', '//a', './a', '/./a'])('do not come where %j is meant as a', async (path) => {
      await using bed = await serve({ a: patternBytes(3) });
      await using client = await ScriptedClient.open(bed.endpoint);
      expect(await client.fetch(path)).toEqual(patternBytes(3));
      expect(bed.requests).toMatchObject([{ path: 'a', protocol: 'tftp', peerAddress: '127.0.0.1' }]);
    });

    it.each([
      ['a write', encodeRequest({ type: 'write-request', fileName: 'a', mode: 'octet', options: [] })],
      ['mode mail', encodeRequest({ type: 'read-request', fileName: 'a', mode: 'mail', options: [] })],
      ['opcode 0', Buffer.from([0, 0, 0, 0])],
      ['opcode 9', Buffer.from([0, 9, 0, 0])],
      ['a request without end', Buffer.from('\0\u0001abcdef')],
    ])('refuse %s by error 4', async (_, bytes) => {
      await using bed = await serve({ a: patternBytes(3) });
      await using client = await ScriptedClient.open(bed.endpoint);
      client.send(bytes);
      expect(inShort((await client.receive()).packet)).toBe('ERROR 4');
      expect(bed.requests).toEqual([]);
    });

    it('are not sent for packets that belong to no request', async () => {
      await using bed = await serve({ a: patternBytes(3) });
      await using client = await ScriptedClient.open(bed.endpoint);
      const strays = [
        '',
        '\0',
        '\0\u0004',
        '\0\u0004\0\u0001',
        '\0\u0003\0\u0001abc',
        '\0\u0005\0\0x\0',
        '\0\u0006a\0b\0',
      ];
      for (const stray of strays) client.send(Buffer.from(stray));
      expect(await client.listen(100)).toEqual([]);
      expect(bed.server.statistics.malformed).toBe(strays.length);
      expect(await client.fetch('a')).toEqual(patternBytes(3));
    });

    it('are spared a boot ROM that reads past the end of its option 67', async () => {
      await using bed = await serve({ 'undionly.kpxe': patternBytes(9) });
      await using client = await ScriptedClient.open(bed.endpoint);
      client.send(Buffer.from('\0\u0001undionly.kpxe\u00ff\0octet\0', 'latin1'));
      expect(inShort((await client.receive()).packet)).toBe('DATA 1');
    });
  });
});
