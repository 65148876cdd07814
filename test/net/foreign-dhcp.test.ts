import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PreflightCheck, ProbeResult, SessionMode } from '../../main/contract/session.ts';
import type { RunningCommand } from '../testbed/command.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';

/** Whether the station finds who else answers DHCP on its wire, names them, and keeps quiet beside them. */

const CLI = resolve(import.meta.dirname, '../../main/cli.ts');
const IMAGE = resolve(import.meta.dirname, '../../.testbed/memtest86+x64.iso');
const ROUTER = '192.168.77.254';

let bed: Bed;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-foreign-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

const fieldboot = async (...words: string[]): Promise<{ code: number; json: unknown }> => {
  const env = { FIELDBOOT_DATA: folder };
  const { code, stdout } = await bed.station.run([process.execPath, CLI, ...words, '--json'], { env });
  return { code, json: JSON.parse(stdout) as unknown };
};
const probe = async (): Promise<ProbeResult> =>
  (await fieldboot('probe', '--interface', Bed.bridge)).json as ProbeResult;
const checkOf = async (id: PreflightCheck['id'], mode: SessionMode): Promise<PreflightCheck | undefined> => {
  const { json } = await fieldboot('doctor', '--interface', Bed.bridge, '--image', IMAGE, '--mode', mode);
  return (json as { checks: PreflightCheck[] }).checks.find((check) => check.id === id);
};

async function dnsmasqAt(client: ClientNamespace, ...words: string[]): Promise<RunningCommand> {
  const server = client.namespace.spawn([
    'dnsmasq',
    '--keep-in-foreground',
    '--conf-file=/dev/null',
    '--port=0',
    `--interface=${client.interfaceName}`,
    '--bind-interfaces',
    `--dhcp-leasefile=${join(folder, `${client.mac.replaceAll(':', '')}.leases`)}`,
    '--log-facility=-',
    ...words,
  ]);
  await server.waitForLine(/started/, 10_000);
  return server;
}

describe.skipIf(!bedAvailable('dnsmasq', 'busybox'))('on a silent network', () => {
  beforeAll(async () => {
    bed = await Bed.open();
  });
  afterAll(async () => await bed[Symbol.asyncDispose]());

  it('nobody is found, and every required check passes', async () => {
    expect(await probe()).toMatchObject({ servers: [], proposedMode: 'dhcp' });
    const { code, json } = await fieldboot('doctor', '--interface', Bed.bridge, '--image', IMAGE);
    const failed = (json as { checks: PreflightCheck[] }).checks.filter(({ state }) => state === 'failed');
    expect(failed).toEqual([]);
    expect(json).toMatchObject({ ready: true });
    expect(code).toBe(0);
  });

  it('the session is ready at once, and answers what was asked before it could know', async () => {
    await using station = await Station.serve(bed, { image: IMAGE });
    const readyAt = Date.now();
    await using client = await bed.addClient();
    client.namespace.spawn([
      'busybox',
      'udhcpc',
      '-f',
      '-i',
      client.interfaceName,
      '-s',
      '/bin/true',
      '-t',
      '1',
      '-T',
      '9',
    ]);
    const { at } = await station.waitForEvent('dhcp.reply', ({ message }) => message === 'ACK', 15_000);
    // udhcpc asked once only: its request was kept.
    expect(at - readyAt).toBeLessThan(6_000);
    expect(station.eventsOf('engine.trouble')).toEqual([]);
    // The probe's own questions come back to the station's server by the loop of broadcasts.
    expect(station.eventsOf('dhcp.request').map(({ mac }) => mac)).toEqual([client.mac, client.mac]);
  });
});

describe.skipIf(!bedAvailable('dnsmasq', 'busybox'))('beside a router', () => {
  let router: ClientNamespace;
  beforeAll(async () => {
    bed = await Bed.open();
    router = await bed.addClient({ address: `${ROUTER}/24` });
    // As routers run it: it pings for 3 s before it offers an address.
    await dnsmasqAt(router, '--dhcp-range=192.168.77.50,192.168.77.90', '--dhcp-boot=router.0');
  });
  afterAll(async () => await bed[Symbol.asyncDispose]());

  it('the probe finds and names it', async () => {
    expect(await probe()).toMatchObject({
      interfaceName: Bed.bridge,
      proposedMode: 'proxy',
      reason: expect.stringContaining(ROUTER) as string,
      servers: [{ address: ROUTER, kind: 'dhcp', mac: router.mac, vendor: 'QEMU virtual machine' }],
    });
  });

  it('a session that is to hand out addresses says so, answers nobody and ends for safety', async () => {
    await using station = await Station.serve(bed, { image: IMAGE, words: ['--mode', 'dhcp'] });
    await using client = await bed.addClient();
    client.namespace.spawn(['busybox', 'udhcpc', '-f', '-i', client.interfaceName, '-s', '/bin/true']);
    const { title } = await station.waitForEvent('engine.trouble', ({ code }) => code === 'E_FOREIGN_DHCP', 10_000);
    expect(title).toContain(ROUTER);
    expect(await station.ended()).toMatchObject({ code: 3 });
    expect(station.eventsOf('dhcp.reply')).toEqual([]);
    expect(station.eventsOf('session.stopped')).toHaveLength(1);
  });

  it('the preflight check passes where the mode is left open, and fails, with advice, where addresses are to be handed out', async () => {
    expect(await checkOf('foreign-dhcp', 'auto')).toMatchObject({ state: 'passed' });
    expect(await checkOf('foreign-dhcp', 'dhcp')).toMatchObject({ state: 'failed', required: true, fix: 'retry' });
  });

  it('the session goes on where a person says so, and tells all the same', async () => {
    await using station = await Station.serve(bed, { image: IMAGE, words: ['--allow-foreign-dhcp'] });
    await station.waitForEvent('engine.trouble', ({ code }) => code === 'E_FOREIGN_DHCP', 10_000);
    await using client = await bed.addClient();
    client.namespace.spawn(['busybox', 'udhcpc', '-f', '-i', client.interfaceName, '-s', '/bin/true']);
    await station.waitForEvent('dhcp.reply', ({ mac }) => mac === client.mac, 10_000);
    expect(await station.stop()).toMatchObject({ code: 0 });
  });
});

describe.skipIf(!bedAvailable('dnsmasq'))('beside a ProxyDHCP server and a server of another subnet', () => {
  beforeAll(async () => {
    bed = await Bed.open();
    const proxy = await bed.addClient({ address: '192.168.77.250/24' });
    await dnsmasqAt(
      proxy,
      '--dhcp-range=192.168.77.0,proxy',
      '--pxe-service=x86PC,"Boot",proxy',
      '--pxe-prompt=Boot,0',
    );
    const other = await bed.addClient({ address: '10.9.9.1/24' });
    await dnsmasqAt(other, '--dhcp-range=10.9.9.50,10.9.9.90', '--no-ping');
  });
  afterAll(async () => await bed[Symbol.asyncDispose]());

  it('both are told apart', async () => {
    const { servers } = await probe();
    expect(servers.toSorted((a, b) => a.address.localeCompare(b.address))).toMatchObject([
      { address: '10.9.9.1', kind: 'dhcp', offeredAddress: expect.stringMatching(/^10\.9\.9\./) as string },
      { address: '192.168.77.250', kind: 'proxy' },
    ]);
  });
});
