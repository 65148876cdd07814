import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServingMode } from '../../main/contract/session.ts';
import { dhcpOption } from '../../main/engine/dhcp/options.ts';
import { StationProcess } from '../fixtures/dhcp/station-process.ts';
import { decoded, valueOf } from '../main/engine/dhcp/scripted-client.ts';
import { capture, dissect } from '../testbed/capture.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed } from '../testbed/namespace.ts';
import { Wire } from '../testbed/wire.ts';
import { captureCases } from './dhcp-table/capture-cases.ts';
import { commonCases } from './dhcp-table/common-cases.ts';
import { leaseCases } from './dhcp-table/lease-cases.ts';
import { type Case, codesOf, HOST, LOADER, machineOn, OWN_MAC, RELAY, STATION, URL } from './dhcp-table/machine.ts';
import { proxyCases } from './dhcp-table/proxy-cases.ts';
import { WireBench } from './dhcp-table/wire-bench.ts';

/**
 * Every packet that a DHCP server may be sent, over the wire to the real server in each of its modes; and every answer of it read by
 * Wireshark's dissector, which must find nothing wrong with it and the same in it as this station's own reader.
 */

const tables: Readonly<Record<ServingMode, readonly Case[]>> = {
  dhcp: [...leaseCases, ...commonCases, ...captureCases],
  proxy: [...proxyCases, ...commonCases, ...captureCases],
};

describe.skipIf(!bedAvailable('tcpdump', 'tshark')).each(['dhcp', 'proxy'] as const)(
  'the DHCP server in mode %s',
  (mode) => {
    const stack = new AsyncDisposableStack();
    let station: StationProcess;
    let bench: WireBench;
    let host: Wire;
    let relay: Wire;
    let pcap: string;
    let capturing: Awaited<ReturnType<typeof capture>>;

    beforeAll(async () => {
      const work = await mkdtemp(join(tmpdir(), 'fieldboot-table-'));
      stack.defer(() => rm(work, { recursive: true, force: true }));
      const bed = stack.use(await Bed.open());
      const open = async (...addresses: string[]): Promise<Wire> => {
        const client = await bed.addClient();
        for (const address of addresses)
          await client.namespace.configure(`address add ${address} dev ${client.interfaceName}`);
        return stack.use(await Wire.open(client));
      };
      const rom = await open();
      // The whole pool too, so that it can renew any lease.
      const pool = Array.from({ length: 100 }, (_, index) => `192.168.77.${100 + index}/24`);
      host = await open(`${HOST}/24`, ...pool);
      relay = await open(`${RELAY}/24`);
      pcap = join(work, 'dhcp.pcap');
      capturing = await capture(bed.station, Bed.bridge, 'udp port 67 or udp port 68 or udp port 4011', pcap);
      station = stack.use(
        await StationProcess.start(bed.station, {
          mode,
          bootFile: LOADER,
          webBootFile: URL,
          router: STATION,
          ownMacs: [OWN_MAC],
        }),
      );
      bench = new WireBench(station, rom, host, relay);
    }, 120_000);
    afterAll(async () => await stack.disposeAsync());

    it.each(tables[mode])('%s', async (_, run) => {
      await run(machineOn(bench, station, host, relay));
      expect(await station.statistics()).toMatchObject({ sendFailures: 0 });
    });

    it('says nothing that Wireshark finds fault with, or reads otherwise', async () => {
      const { replied: count } = await station.statistics();
      await capturing.stop();
      const replies = await dissect(pcap, `dhcp && ip.src == ${STATION}`, [
        'udp.srcport',
        'udp.payload',
        '_ws.malformed',
        '_ws.expert.message',
        'dhcp.ip.your',
        'dhcp.ip.server',
        'dhcp.file',
        'dhcp.option.dhcp_server_id',
        'dhcp.option.type',
      ]);
      expect(replies.length).toBe(count);
      expect(count).toBeGreaterThan(20);
      for (const reply of replies) {
        const packet = decoded(Buffer.from(reply['udp.payload'], 'hex'));
        expect({
          faults: [reply['_ws.malformed'], reply['_ws.expert.message']],
          port: ['67', '4011'].includes(reply['udp.srcport']),
          yiaddr: reply['dhcp.ip.your'],
          siaddr: reply['dhcp.ip.server'],
          file: reply['dhcp.file'],
          server: reply['dhcp.option.dhcp_server_id'],
          // Without the END and the padding.
          options: reply['dhcp.option.type']
            .split('|')
            .map(Number)
            .filter((code) => code !== 0 && code !== 255),
        }).toEqual({
          faults: ['', ''],
          port: true,
          yiaddr: packet.yiaddr,
          siaddr: packet.siaddr,
          file: packet.file,
          server: valueOf(packet, dhcpOption.serverIdentifier) ?? '',
          options: codesOf(packet),
        });
      }
    });
  },
);
