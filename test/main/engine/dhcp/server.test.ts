import dgram from 'node:dgram';
import { once } from 'node:events';
import { type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EmitEvent } from '../../../../main/contract/events.ts';
import { dhcpOption } from '../../../../main/engine/dhcp/options.ts';
import type { DhcpPacket } from '../../../../main/engine/dhcp/packet.ts';
import { type DhcpServer, type DhcpServerOptions, startDhcpServer } from '../../../../main/engine/dhcp/server.ts';
import { RunningCommand } from '../../../testbed/command.ts';
import { bootPlan, clientPacket, decoded, MAC, pxeRom, requested, server, valueOf } from './scripted-client.ts';

/** The server's sockets, file and clock, over the loopback interface. */

const STATION = '127.0.0.1';
const loopback = { darwin: 'lo0', win32: 'Loopback Pseudo-Interface 1' }[process.platform as string] ?? 'lo';

/** A socket at the client's port: broadcasts and unicasts of the station come in here. */
class ClientSocket implements AsyncDisposable {
  readonly socket = dgram.createSocket({ type: 'udp4', reuseAddr: true });
  readonly #received: DhcpPacket[] = [];
  #onReceived = (): void => undefined;

  static async open(): Promise<ClientSocket> {
    const client = new ClientSocket();
    client.socket.on('message', (datagram) => {
      client.#received.push(decoded(datagram));
      client.#onReceived();
    });
    client.socket.bind(0, '0.0.0.0');
    await once(client.socket, 'listening');
    return client;
  }

  get port(): number {
    return this.socket.address().port;
  }

  send(datagram: Uint8Array, station: DhcpServer): void {
    this.socket.send(datagram, station.endpoint.port, STATION);
  }

  async next(): Promise<DhcpPacket> {
    if (this.#received.length === 0) await new Promise<void>((resolve) => (this.#onReceived = resolve));
    return this.#received.shift() as DhcpPacket;
  }

  async silence(ms: number): Promise<boolean> {
    await wait(ms);
    return this.#received.length === 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.socket.close(resolve));
  }
}

let folder: string;
let client: ClientSocket;
let events: Parameters<EmitEvent>[0][];
let nowMs: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-dhcp-'));
  client = await ClientSocket.open();
  events = [];
  nowMs = 1_000_000;
});
afterEach(async () => {
  await client[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const start = async (options: Partial<DhcpServerOptions> = {}): Promise<DhcpServer> =>
  await startDhcpServer({
    interfaceName: loopback,
    address: STATION,
    prefixLength: 8,
    pool: { first: '127.0.77.50', last: '127.0.77.99' },
    leaseSeconds: 3600,
    ports: { server: 0, client: client.port },
    plan: () => bootPlan('undionly.kpxe'),
    emit: (event) => events.push(event),
    leaseFile: join(folder, 'leases.jsonl'),
    now: () => nowMs,
    ownMacs: [],
    ...options,
  });

async function lease(station: DhcpServer, mac = MAC): Promise<string> {
  client.send(clientPacket('DISCOVER', { mac, options: pxeRom }), station);
  const { yiaddr } = await client.next();
  client.send(clientPacket('REQUEST', { mac, options: [...pxeRom, requested(yiaddr), server(STATION)] }), station);
  const ack = await client.next();
  expect(valueOf(ack, dhcpOption.messageType)).toBe(5);
  return ack.yiaddr;
}

const typesOf = (prefix: string): string[] =>
  events
    .filter(({ type }) => type.startsWith(prefix))
    .map((event) => ('message' in event ? `${event.type} ${event.message}` : event.type));

describe('DHCP server', () => {
  it('leases an address, and tells so', async () => {
    await using station = await start();
    const address = await lease(station);
    expect(address).toMatch(/^127\.0\.77\.[5-9]\d$/);
    await expect.poll(() => station.statistics.replied).toBe(2);
    expect(typesOf('dhcp.')).toEqual([
      'dhcp.request DISCOVER',
      'dhcp.reply OFFER',
      'dhcp.request REQUEST',
      'dhcp.reply ACK',
    ]);
    expect(station.statistics).toEqual({ received: 2, dropped: 0, ignored: 0, silent: 0, replied: 2, sendFailures: 0 });
  });

  it('has a lease on disk before the client hears of it', async () => {
    await using station = await start();
    client.send(clientPacket('DISCOVER'), station);
    const { yiaddr } = await client.next();
    expect(await readFile(join(folder, 'leases.jsonl'), 'utf8')).toBe('');
    // A slow disk: the ACK has to wait for it.
    let isSynced = false;
    const anyHandle = await open(join(folder, 'any'), 'w');
    const slowSync = vi
      .spyOn(Object.getPrototypeOf(anyHandle) as FileHandle, 'datasync')
      .mockImplementationOnce(async () => {
        await wait(150);
        isSynced = true;
      });
    await anyHandle.close();
    client.send(clientPacket('REQUEST', { options: [requested(yiaddr), server(STATION)] }), station);
    await client.next();
    slowSync.mockRestore();
    expect(isSynced).toBe(true);
    expect(JSON.parse(await readFile(join(folder, 'leases.jsonl'), 'utf8'))).toMatchObject({
      address: yiaddr,
      kind: 'leased',
      expiresAtMs: nowMs + 3_600_000,
    });
  });

  it('knows after a restart what it promised, released and quarantined', async () => {
    let [kept, declined, released] = ['', '', ''];
    const macs = ['52:54:00:00:00:01', '52:54:00:00:00:02', '52:54:00:00:00:03'];
    const pool = { first: '127.0.77.50', last: '127.0.77.52' };
    {
      await using station = await start({ pool });
      [kept = '', declined = '', released = ''] = [
        await lease(station, macs[0]),
        await lease(station, macs[1]),
        await lease(station, macs[2]),
      ];
      client.send(
        clientPacket('DECLINE', { mac: macs[1] ?? '', options: [requested(declined), server(STATION)] }),
        station,
      );
      client.send(
        clientPacket('RELEASE', { mac: macs[2] ?? '', ciaddr: released, options: [server(STATION)] }),
        station,
      );
      await expect.poll(() => station.statistics.silent).toBe(2);
    }
    await using station = await start({ pool });
    client.send(clientPacket('REQUEST', { mac: macs[0] ?? '', options: [requested(kept)] }), station);
    expect(valueOf(await client.next(), dhcpOption.messageType)).toBe(5);
    expect(await lease(station, '52:54:00:00:00:04')).toBe(released);
    client.send(clientPacket('DISCOVER', { mac: '52:54:00:00:00:05' }), station);
    await expect.poll(() => typesOf('dhcp.pool')).toEqual(['dhcp.pool-exhausted']);
  });

  it('renews by unicast', async () => {
    await using station = await start();
    const address = await lease(station);
    nowMs += 1_800_000;
    client.send(clientPacket('REQUEST', { ciaddr: address, flags: 0 }), station);
    expect(await client.next()).toMatchObject({ yiaddr: address, ciaddr: address });
  });

  it('answers on the boot server’s port from that port, to where the request came from', async () => {
    const free = await ClientSocket.open();
    const { port } = free;
    await free[Symbol.asyncDispose]();
    await using station = await start({ ports: { server: 0, client: client.port, bootServer: port } });
    client.send(clientPacket('DISCOVER', { options: pxeRom }), station);
    await client.next();
    const rom = dgram.createSocket('udp4');
    rom.bind(0, '127.0.77.50');
    await once(rom, 'listening');
    const reply = once(rom, 'message') as Promise<[Uint8Array, dgram.RemoteInfo]>;
    rom.send(clientPacket('REQUEST', { ciaddr: '127.0.77.50', options: pxeRom }), port, STATION);
    const [datagram, source] = await reply;
    rom.close();
    expect({ file: decoded(datagram).file, from: `${source.address}:${source.port}` }).toEqual({
      file: 'undionly.kpxe',
      from: `${STATION}:${port}`,
    });
  });

  it('does without the boot server’s port where it is taken, and says so', async () => {
    const taken = dgram.createSocket('udp4');
    taken.bind(0, STATION);
    await once(taken, 'listening');
    await using station = await start({ ports: { server: 0, client: client.port, bootServer: taken.address().port } });
    expect(events.filter(({ type }) => type === 'engine.trouble')).toMatchObject([{ code: 'E_PORT_IN_USE' }]);
    await lease(station);
    taken.close();
  });

  it('counts and drops what is no request, without an event for each', async () => {
    await using station = await start();
    for (let index = 0; index < 50; index++) client.send(Uint8Array.of(index), station);
    client.send(clientPacket('DISCOVER', { op: 2 }), station);
    await expect.poll(() => station.statistics.dropped).toBe(51);
    expect(typesOf('dhcp.')).toEqual(['dhcp.dropped']);
    nowMs += 1000;
    client.send(new Uint8Array(0), station);
    await expect
      .poll(() => events.at(-1))
      .toEqual({
        type: 'dhcp.dropped',
        reason: '0 bytes are too short for a DHCP packet',
        total: 52,
      });
  });

  it('ignores the DHCP client of its own machine', async () => {
    await using station = await start({ ownMacs: [MAC] });
    client.send(clientPacket('DISCOVER'), station);
    await expect.poll(() => station.statistics.ignored).toBe(1);
    expect(events).toEqual([]);
  });

  it('lives on when the plan fails, and says so once', async () => {
    await using station = await start({
      plan: ({ mac }) => {
        if (mac === MAC) throw new Error('no such entry');
        return bootPlan('undionly.kpxe');
      },
    });
    client.send(clientPacket('DISCOVER', { options: pxeRom }), station);
    client.send(clientPacket('DISCOVER', { options: pxeRom }), station);
    await lease(station, '52:54:00:00:00:02');
    expect(events.filter(({ type }) => type === 'engine.trouble')).toMatchObject([{ code: 'E_INTERNAL' }]);
    expect(station.statistics.dropped).toBe(2);
  });

  it('says when a boot file cannot be sent, once, and gives the address all the same', async () => {
    await using station = await start({ plan: () => bootPlan('x'.repeat(300)) });
    await lease(station);
    expect(events.filter(({ type }) => type === 'engine.trouble')).toMatchObject([{ code: 'E_BOOT_FILE_UNSUITABLE' }]);
  });

  it('refuses a pool that cannot be', async () => {
    const pool = { first: '10.0.0.5', last: '10.0.0.9' };
    await expect(start({ pool })).rejects.toMatchObject({
      code: 'E_POOL_INVALID',
      data: { value: '10.0.0.5-10.0.0.9', problem: 'it is not inside 127.0.0.0/8' },
    });
  });

  it('leaves no timer, socket or file behind: its process ends by itself', async () => {
    const options = {
      interfaceName: loopback,
      address: STATION,
      prefixLength: 8,
      pool: { first: '127.0.77.50', last: '127.0.77.99' },
      leaseSeconds: 3600,
      ports: { server: 0, client: client.port },
      leaseFile: join(folder, 'leases.jsonl'),
      bootFile: 'bootcode.bin',
    };
    const script = join(import.meta.dirname, '../../../fixtures/dhcp/station.ts');
    await using station = new RunningCommand([process.execPath, script, JSON.stringify(options)]);
    const [, port] = await station.waitForLine(/"ready".*"port":(\d+)/, 5000);
    // A Pi 3 has to wait a second for its offer.
    const discover = clientPacket('DISCOVER', { mac: 'b8:27:eb:01:02:03', xid: 0x26f30339, options: pxeRom });
    client.socket.send(discover, Number(port), STATION);
    await station.waitForLine(/dhcp\.request/, 5000);
    station.writeLine('stop');
    const startedAt = performance.now();
    expect(await station.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAt).toBeLessThan(800);
    expect(await client.silence(1200)).toBe(true);
  });

  it('answers a Pi 3 after its second', async () => {
    await using station = await start();
    const startedAt = performance.now();
    client.send(clientPacket('DISCOVER', { mac: 'b8:27:eb:01:02:03', xid: 0x26f30339, options: pxeRom }), station);
    expect(valueOf(await client.next(), dhcpOption.vendorClass)).toBe('PXEClient');
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });
});
