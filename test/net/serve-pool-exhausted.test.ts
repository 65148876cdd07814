import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningCommand } from '../testbed/command.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { type BuiltIso, canBuildIso } from '../testbed/iso-builder.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { buildBootableIso } from './fixtures/bootable-iso.ts';

/** More machines than addresses: those that have one keep it, the others are told of, and get one as soon as one is free. */

const POOL = ['192.168.77.100', '192.168.77.101'];

describe.skipIf(!bedAvailable('udhcpc') || !canBuildIso())('a pool of two addresses', () => {
  let bed: Bed;
  let image: BuiltIso;
  beforeAll(async () => {
    image = await buildBootableIso();
    bed = await Bed.open();
  });
  afterAll(async () => {
    await bed[Symbol.asyncDispose]();
    await image[Symbol.asyncDispose]();
  });

  /** Asks until it has an address, sets it, and gives it back at SIGUSR2. */
  const ask = ({ namespace, interfaceName }: ClientNamespace): RunningCommand =>
    namespace.spawn(['udhcpc', '-f', '-i', interfaceName, '-t', '3', '-T', '1', '-A', '1']);
  const acknowledged = async (station: Station, { mac }: ClientNamespace): Promise<string> => {
    const isAck = (reply: { mac: string; message: string }): boolean => reply.mac === mac && reply.message === 'ACK';
    return (await station.waitForEvent('dhcp.reply', isAck, 15_000)).address ?? 'no address';
  };

  it('leaves the third machine without one until one comes back', async () => {
    await using station = await Station.serve(bed, { image: image.path, words: ['--pool', POOL.join('-')] });
    await using first = await bed.addClient();
    await using second = await bed.addClient();
    const firstAsking = ask(first);
    ask(second);
    const firstAddress = await acknowledged(station, first);
    expect([firstAddress, await acknowledged(station, second)].toSorted()).toEqual(POOL);

    await using third = await bed.addClient();
    ask(third);
    const exhausted = await station.waitForEvent('dhcp.pool-exhausted', () => true, 10_000);
    expect(exhausted).toMatchObject({ mac: third.mac, poolSize: 2 });
    // Silence for a whole round of asking: another server might have an address for it.
    await station.waitForEvent(
      'dhcp.request',
      ({ transactionId }) => requestsOf(station, third, transactionId) >= 3,
      10_000,
    );
    expect(station.eventsOf('dhcp.reply').filter(({ mac }) => mac === third.mac)).toEqual([]);

    firstAsking.kill('SIGUSR2');
    expect(await acknowledged(station, third)).toBe(firstAddress);
    expect(await station.stop()).toEqual({ code: 0, signal: null });
  });
});

const requestsOf = (station: Station, client: ClientNamespace, transactionId: number): number =>
  station.eventsOf('dhcp.request').filter((one) => one.mac === client.mac && one.transactionId === transactionId)
    .length;
