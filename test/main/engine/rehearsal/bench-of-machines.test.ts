import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ListedMachine, MachineList } from '../../../../main/contract/machines.ts';
import { readMachineList } from '../../../../main/engine/machines/machine-list.ts';
import { BenchStation, benchMachine } from './bench-station.ts';

/** Who may boot, and how often, over the wire: simulated machines with real DHCP, TFTP and HTTP on the loopback. */

const once = { approval: { kind: 'approved' }, afterBoot: 'local-disk' } as const;
const SOON = { timeout: 20_000 };
/** No laptop with a factory's placeholder is told apart by it. */
const NO_UUID = '00000000-0000-0000-0000-000000000000';

/** Addresses of the loopback are nobody's in a list that a person writes. */
const listOf = (...machines: readonly Omit<ListedMachine, 'line' | 'values'>[]): MachineList => ({
  columns: [],
  machines: machines.map((machine, index) => ({ ...machine, line: index + 1, values: {} })),
  problems: [],
  problemCount: 0,
});

describe.skipIf(process.platform !== 'linux')('a bench', { timeout: 60_000 }, () => {
  it('of sixteen machines, one of them approved, installs that one and shows all others their code', async () => {
    await using station = await BenchStation.open(once);
    const { engine } = station;
    const machines = Array.from({ length: 16 }, (_, index) => benchMachine(index + 1));
    const runs = machines.map(async (machine) => await station.switchOn(machine));
    const waiting = (): number => engine.clients().filter(({ waitingCode }) => waitingCode !== undefined).length;
    await expect.poll(waiting, SOON).toBe(16);

    const [chosen] = machines;
    const code = engine.clients().find(({ serial }) => serial === chosen!.serial)!.waitingCode!;
    engine.approve([engine.idOfCode(code.toLowerCase())!]);
    expect((await runs[0])!.end).toEqual({ kind: 'running' });
    // The others ask again many times in that time, and are told of nothing to start.
    await delay(500);
    expect(waiting()).toBe(15);
    expect(station.eventsOf('client.planned').map(({ mac }) => mac)).toEqual([chosen!.mac]);
    const kernels = station.eventsOf('transfer.started').filter(({ kind }) => kind === 'kernel');
    expect(new Set(kernels.map(({ peerAddress }) => peerAddress)).size).toBe(1);
    const codes = engine
      .clients()
      .map(({ id }) => engine.approvalOf(id).code)
      .filter((one) => one !== undefined);
    expect(new Set(codes).size).toBe(15);
    expect(engine.clients().map(({ memoryMiB }) => memoryMiB)).toEqual(machines.map(() => 8192));
  });

  it('with one adapter for three laptops has three machines, and asks about each', async () => {
    await using station = await BenchStation.open(once);
    const { engine } = station;
    const laptops = [1, 2, 3].map((number) => benchMachine(number, { mac: '48:c3:5a:00:00:aa', uuid: NO_UUID }));
    for (const [index, laptop] of laptops.entries()) {
      const run = station.switchOn(laptop);
      const waits = (): string | undefined =>
        engine.clients().find(({ serial }) => serial === laptop.serial)?.waitingCode;
      await expect.poll(waits, SOON).toBeDefined();
      expect(engine.clients()).toHaveLength(index + 1);
      engine.approve([engine.idOfCode(waits()!)!]);
      expect((await run).end).toEqual({ kind: 'running' });
    }
    expect(engine.clients().map(({ serial, boots, finished, mac }) => ({ serial, boots, finished, mac }))).toEqual(
      laptops.map(({ serial, mac }) => ({ serial, boots: 1, finished: true, mac })),
    );
    // Each is known again, whichever was plugged in last.
    expect((await station.switchOn(laptops[0]!)).end).toMatchObject({ kind: 'own-disk' });
    expect(engine.clients().map(({ boots }) => boots)).toEqual([2, 1, 1]);
  });

  it('with two adapters of one machine has one machine, which is not installed twice', async () => {
    await using station = await BenchStation.open({ ...once, approval: { kind: 'every-machine' } });
    const { engine } = station;
    const wired = benchMachine(1);
    const docked = benchMachine(1, { mac: '48:c3:5a:00:00:bb' });
    expect((await station.switchOn(wired)).end).toEqual({ kind: 'running' });
    expect((await station.switchOn(docked)).end).toMatchObject({ kind: 'own-disk' });
    expect(engine.clients()).toMatchObject([
      { id: wired.mac, mac: docked.mac, macs: [wired.mac, docked.mac], boots: 2 },
    ]);
  });

  it('lets a machine boot once for an approval, and once more for another', async () => {
    await using station = await BenchStation.open(once);
    const { engine } = station;
    const machine = benchMachine(1);
    engine.approve([machine.mac]);
    // A person may say so before it was ever seen.
    expect((await station.switchOn(machine)).end).toEqual({ kind: 'running' });
    expect(engine.approvalOf(machine.mac)).toEqual({ state: 'approved', use: 'used' });
    expect((await station.switchOn(machine)).end).toMatchObject({ kind: 'own-disk' });
    engine.approve([machine.mac]);
    expect(engine.approvalOf(machine.mac)).toEqual({ state: 'approved', use: 'armed' });
    expect((await station.switchOn(machine)).end).toEqual({ kind: 'running' });
    expect((await station.switchOn(machine)).end).toMatchObject({ kind: 'own-disk' });
  });

  it("believes no report from another machine's address", async () => {
    await using station = await BenchStation.open(once);
    const { engine } = station;
    const [honest, forger] = [benchMachine(1), benchMachine(2)];
    const runs = [honest, forger].map(async (machine) => await station.switchOn(machine));
    const addressOf = (mac: string): string => engine.clients().find((client) => client.mac === mac)?.address ?? '';
    await expect
      .poll(() => engine.clients().filter(({ waitingCode }) => waitingCode !== undefined).length, SOON)
      .toBe(2);
    engine.approve([honest.mac]);
    await runs[0];
    const lie = `machine.ipxe?mac=${honest.mac}&serial=${honest.serial}&uuid=${honest.uuid}&platform=pcbios&arch=i386`;
    for (const path of [lie, `grub/machine/${honest.mac}.cfg`]) {
      const script = await station.get(addressOf(forger.mac), path);
      expect(script).not.toMatch(/^\s*(kernel|linux|boot)\b/m);
      expect(script).toContain(engine.approvalOf(forger.mac).code);
    }
    // Nor from an address that nobody was given.
    expect(await station.get('127.78.200.9', lie)).not.toMatch(/^\s*(kernel|linux|boot)\b/m);
    expect(station.eventsOf('client.report-refused')).toMatchObject([
      { peerAddress: addressOf(forger.mac), claimedMac: honest.mac, holderMac: forger.mac, total: 1 },
      { total: 2 },
      { peerAddress: '127.78.200.9', claimedMac: honest.mac, total: 3 },
    ]);
    expect(engine.clients().map(({ serial }) => serial)).toEqual([honest.serial, forger.serial]);
  });

  it('lets the first machines boot, and those of a maker, and others wait', async () => {
    const rules = { kind: 'rules', macs: [], vendors: ['dell'], first: 1, machineList: true } as const;
    const machines = readMachineList('serial,name\nSN-1003,third\n');
    await using station = await BenchStation.open({ approval: { ...rules, macs: [], vendors: ['dell'] }, machines });
    const { engine } = station;
    expect((await station.switchOn(benchMachine(1))).end).toEqual({ kind: 'running' });
    expect((await station.switchOn(benchMachine(2, { manufacturer: 'Dell Inc.' }))).end).toEqual({ kind: 'running' });
    expect((await station.switchOn(benchMachine(3))).end).toEqual({ kind: 'running' });
    void station.switchOn(benchMachine(4));
    await expect.poll(() => engine.clients()[3]?.waitingCode, SOON).toBeDefined();
  });

  it('keeps addresses and names for the machines of a list, inside the pool and outside', async () => {
    const machines = listOf(
      { macs: ['48:c3:5a:00:00:01'], address: '127.78.1.77', hostName: 'by-mac' },
      { macs: [], serial: 'SN-1002', address: '127.78.2.2', hostName: 'by-serial' },
      { macs: ['48:c3:5a:00:00:09'], address: '10.0.0.9', hostName: 'elsewhere' },
    );
    await using station = await BenchStation.open({ machines });
    const { engine } = station;
    expect(engine.unreservable()).toMatchObject([
      { address: '10.0.0.9', reason: 'it is not in 127.78.0.0/16', machine: { line: 3 } },
    ]);
    for (const number of [1, 2, 3]) await station.switchOn(benchMachine(number));
    const addresses = engine.clients().map(({ address }) => address);
    expect(addresses.slice(0, 2)).toEqual(['127.78.1.77', '127.78.2.2']);
    expect(addresses[2]).toMatch(/^127\.78\.1\./);
    // A machine that a person gives an address while the session runs has it at its next asking.
    engine.useMachines(listOf({ macs: ['48:c3:5a:00:00:03'], address: '127.78.2.3' }));
    await station.switchOn(benchMachine(3));
    expect(engine.clients()[2]?.address).toBe('127.78.2.3');
  });
});
