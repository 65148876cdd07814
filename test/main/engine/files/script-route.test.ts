import { describe, expect, it } from 'vitest';
import type { EmitEvent } from '../../../../main/contract/events.ts';
import type { BootPlan, Machine } from '../../../../main/engine/boot/plan.ts';
import type { FileRequest, Route } from '../../../../main/engine/files/route.ts';
import { scriptRoute } from '../../../../main/engine/files/script-route.ts';
import { installEntry, liveEntry } from '../boot/menu-fixture.ts';

const mac = '52:54:00:00:00:01';
const address = '192.168.77.101';
const baseUrl = 'http://192.168.77.1';

const boot: BootPlan = { kind: 'boot', bootFile: 'x', entry: installEntry };
const wait: BootPlan = { kind: 'wait', bootFile: 'x', code: '7K4' };
const nothing: BootPlan = { kind: 'nothing', reason: 'it may not boot in this session' };

type Event = Parameters<EmitEvent>[0];

function routeWith(decided: BootPlan): { route: Route; events: Event[]; asked: Machine[] } {
  const events: Event[] = [];
  const asked: Machine[] = [];
  const route = scriptRoute({
    menu: { title: 'Debian 12', imageId: 'debian-12', baseUrl },
    plan: (machine) => {
      asked.push(machine);
      return decided;
    },
    emit: (event) => events.push(event),
    macOf: (peer) => (peer === address ? mac : undefined),
    addressOf: (one) => (one === mac ? address : undefined),
    firmwareOf: () => 'bios',
  });
  return { route, events, asked };
}

async function read(route: Route, path: string, facts: Partial<FileRequest> = {}): Promise<string | undefined> {
  const request: FileRequest = { path, query: new URLSearchParams(), protocol: 'http', peerAddress: address, ...facts };
  const file = await route.claim(request);
  if (file === undefined) return undefined;
  const bytes = new Uint8Array(file.sizeBytes);
  await file.read(bytes, 0);
  await file.close();
  return new TextDecoder().decode(bytes);
}

const ipxe = (extra = ''): { query: URLSearchParams } => ({
  query: new URLSearchParams(`mac=${mac}&platform=pcbios&arch=i386${extra}`),
});
const grub = (extra = ''): { query: URLSearchParams } => ({
  query: new URLSearchParams(`mac=${mac}&platform=efi&arch=x86_64${extra}`),
});
const startsSomething = /^\s*(if )?(kernel|linux|LINUX|KERNEL|initrd|boot) /m;

describe('the scripts of a session', () => {
  it.each([
    ['machine.ipxe', ipxe()],
    ['grub/machine.cfg', grub()],
    ['grub/machine/52:54:00:00:00:01.cfg', { protocol: 'tftp' }],
    ['pxelinux.cfg/default', { protocol: 'tftp' }],
    ['pxelinux.cfg/01-52-54-00-00-00-01', { protocol: 'tftp' }],
  ] as const)('%s: a machine that may boot gets its entry, and that is told', async (path, facts) => {
    const { route, events, asked } = routeWith(boot);
    expect(await read(route, path, facts)).toMatch(startsSomething);
    expect(asked[0]).toMatchObject({ mac, address, loaderRuns: true });
    expect(events.at(-1)).toMatchObject({ type: 'client.planned', mac, entryTitle: 'Install' });
  });

  it.each([
    ['machine.ipxe', ipxe()],
    ['grub/machine.cfg', grub()],
    ['grub/machine/52:54:00:00:00:01.cfg', { protocol: 'tftp' }],
    ['pxelinux.cfg/default', { protocol: 'tftp' }],
  ] as const)('%s: a machine that waits gets its code and nothing to start, and that is told', async (path, facts) => {
    const { route, events } = routeWith(wait);
    const script = await read(route, path, facts);
    expect(script).toContain('7K4');
    expect(script).not.toContain('install.amd');
    expect(script).not.toMatch(startsSomething);
    expect(events.at(-1)).toEqual({ type: 'client.waiting', mac, code: '7K4' });
  });

  it.each([
    ['machine.ipxe', nothing, ipxe()],
    ['grub/machine.cfg', nothing, grub()],
    ['pxelinux.cfg/default', nothing, {}],
    ['grub/machine.cfg', boot, { query: new URLSearchParams('mac=x'), peerAddress: '192.168.77.99' }],
    ['pxelinux.cfg/default', boot, { peerAddress: '192.168.77.99' }],
  ] as const)('%s: a machine that gets %j goes on with its own boot order', async (path, decided, facts) => {
    const { route, events } = routeWith(decided);
    const script = await read(route, path, facts);
    expect(script).toMatch(/exit 1|LOCALBOOT 0/);
    expect(script).not.toMatch(startsSomething);
    expect(events.filter(({ type }) => type === 'client.planned' || type === 'client.waiting')).toEqual([]);
  });

  it('is quiet about a machine that only asks again', async () => {
    const { route, events } = routeWith(wait);
    await read(route, 'machine.ipxe', ipxe('&waited=7K4'));
    expect(events).toEqual([]);
    await read(route, 'machine.ipxe', ipxe('&waited=OLD'));
    expect(events).toEqual([{ type: 'client.waiting', mac, code: '7K4' }]);
  });

  it('leaves the screen of GRUB as it is while it waits', async () => {
    expect(await read(routeWith(wait).route, 'grub/machine.cfg', grub('&waited=7K4'))).toBe('set answered=y\n');
    for (const decided of [boot, nothing]) {
      expect(await read(routeWith(decided).route, 'grub/machine.cfg', grub('&waited=7K4'))).not.toBe(
        'set answered=y\n',
      );
    }
  });

  it('tells once that PXELINUX waits, which cannot say that it asks again, and again after it did not', async () => {
    const { route, events } = routeWith(wait);
    for (let asked = 0; asked < 3; asked++) expect(await read(route, 'pxelinux.cfg/default')).toContain('7K4');
    expect(events.map(({ type }) => type)).toEqual(['client.identified', 'client.waiting']);
    await read(route, 'machine.ipxe', ipxe('&waited=OLD'));
    await read(route, 'pxelinux.cfg/default');
    expect(events.filter(({ type }) => type === 'client.waiting')).toHaveLength(3);
  });

  it.each([
    ['machine.ipxe', ipxe(), /sanboot[^]*exit 1$/],
    ['grub/machine.cfg', grub(), /chainloader[^]*exit 1$/],
    ['pxelinux.cfg/default', {}, /KERNEL chain\.c32/],
  ] as const)(
    '%s: a machine that is done starts its disk where its firmware does not',
    async (path, facts, expected) => {
      const { route } = routeWith({ kind: 'local-disk', bootFile: 'x', method: 'loader-starts-disk', reason: 'done' });
      expect((await read(route, path, facts))?.trimEnd()).toMatch(expected);
    },
  );

  it.each(['grub/grub.cfg', 'boot.ipxe', 'autoexec.ipxe'])('%s only asks who the machine is', async (path) => {
    const { route, events, asked } = routeWith(boot);
    expect(await read(route, path, { protocol: 'tftp', peerAddress: '192.168.77.99' })).toMatch(
      /machine\.(ipxe|cfg)\?/,
    );
    expect([events, asked]).toEqual([[], []]);
  });

  it('knows a machine by the MAC in the path where nobody has its address', async () => {
    const { route, asked } = routeWith(boot);
    const path = 'pxelinux.cfg/01-52-54-00-00-00-77';
    expect(await read(route, path, { protocol: 'tftp', peerAddress: '192.168.77.99' })).toMatch(startsSomething);
    expect(asked[0]).toMatchObject({ mac: '52:54:00:00:00:77', firmware: 'bios', loaderRuns: true });
  });

  it('believes the address before the report', async () => {
    const { route, asked } = routeWith(boot);
    await read(route, 'machine.ipxe', { query: new URLSearchParams('mac=52:54:00:ff:ff:ff&platform=pcbios') });
    expect(asked.map((machine) => machine.mac)).toEqual([mac]);
  });

  it('does not take the answer file for a part of the image', async () => {
    const commandLine = 'auto=true url={http}/answer/a.cfg';
    const entry = { ...installEntry, variants: [{ ...installEntry.variants[0]!, commandLine }] };
    const { route, events } = routeWith({ ...boot, entry });
    expect(await read(route, 'machine.ipxe', ipxe())).toContain(`url=${baseUrl}/answer/a.cfg`);
    expect(events.at(-1)).toMatchObject({ type: 'client.planned', fetchesSystemFiles: false });
    const live = routeWith({ ...boot, entry: liveEntry });
    await read(live.route, 'machine.ipxe', ipxe());
    expect(live.events.at(-1)).toMatchObject({ type: 'client.planned', fetchesSystemFiles: true });
  });

  it.each(['machine.ipxe/x', 'constructor', '__proto__', 'toString'])('declines %s', async (path) => {
    expect(await read(routeWith(boot).route, path)).toBeUndefined();
  });

  it('declines the report over TFTP, which carries none', async () => {
    expect(await read(routeWith(boot).route, 'machine.ipxe', { protocol: 'tftp' })).toBeUndefined();
  });
});
