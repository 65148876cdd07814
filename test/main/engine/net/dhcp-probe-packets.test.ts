import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyClient } from '../../../../main/engine/dhcp/client-identity.ts';
import { messageTypeNumber, readRequest } from '../../../../main/engine/dhcp/message.ts';
import { dhcpOption } from '../../../../main/engine/dhcp/options.ts';
import {
  BOOTREPLY,
  BOOTREQUEST,
  BROADCAST_FLAG,
  type DhcpPacket,
  decodePacket,
  encodePacket,
  formatHardwareAddress,
} from '../../../../main/engine/dhcp/packet.ts';
import {
  discoverPacket,
  informPacket,
  mergeServers,
  PROBE_SEED_BYTES,
  probeClients,
  readProbeAnswer,
} from '../../../../main/engine/net/dhcp-probe-packets.ts';

const seed = Uint8Array.from({ length: PROBE_SEED_BYTES }, (_, index) => (index * 37 + 11) & 0xff);
const ownMac = '52:54:00:7e:00:01';
const clients = probeClients(ownMac, seed);
const ids = new Set(clients.map(({ transactionId }) => transactionId));
const [first] = [...ids];

/** As our own server would read it. */
function asRequest(bytes: Uint8Array): Extract<ReturnType<typeof readRequest>, { ok: true }>['request'] {
  const decoded = decodePacket(bytes);
  if (!decoded.ok) throw new Error(decoded.reason);
  const read = readRequest(decoded.packet, bytes.length);
  if (!read.ok) throw new Error(read.reason);
  return read.request;
}

function answer(fields: Partial<DhcpPacket> & { message?: number; server?: string; boot?: string }): Uint8Array {
  const { message = messageTypeNumber.OFFER, server = '192.168.1.1', boot, ...header } = fields;
  const options = new Map([
    [dhcpOption.messageType.code, dhcpOption.messageType.encode(message)],
    [dhcpOption.serverIdentifier.code, dhcpOption.serverIdentifier.encode(server)],
    ...(boot === undefined ? [] : [[dhcpOption.bootFileName.code, dhcpOption.bootFileName.encode(boot)] as const]),
  ]);
  const none = '0.0.0.0';
  return encodePacket({
    op: BOOTREPLY,
    htype: 1,
    hops: 0,
    xid: first ?? 0,
    secs: 0,
    flags: BROADCAST_FLAG,
    ciaddr: none,
    yiaddr: '192.168.1.50',
    siaddr: none,
    giaddr: none,
    chaddr: Uint8Array.of(2, 0, 0, 0, 0, 1),
    sname: '',
    file: '',
    options,
    ...header,
  });
}

describe('the clients of a probe', () => {
  it('are one made-up machine in four roles, each with an exchange of its own', () => {
    expect(clients.map(({ role }) => role)).toEqual(['plain', 'bios', 'uefi', 'http']);
    expect(ids.size).toBe(4);
    expect(new Set(clients.map(({ chaddr }) => chaddr.join())).size).toBe(1);
  });

  it.each(['52:54:00:7e:00:01', 'a8:5e:45:00:11:22', '00:00:00:00:00:00', ''])(
    'have an address that is not %j, locally administered, no group, and the same every time',
    (own) => {
      const [client] = probeClients(own, seed);
      const [again] = probeClients(own, seed.toReversed());
      expect(again?.chaddr).toEqual(client?.chaddr);
      expect([client?.chaddr.length, (client?.chaddr[0] ?? 0) & 3]).toEqual([6, 2]);
      expect(formatHardwareAddress(client?.chaddr ?? new Uint8Array(0))).not.toBe(own);
    },
  );

  it('differ from those of another station', () => {
    expect(probeClients('52:54:00:7e:00:02', seed)[0]?.chaddr).not.toEqual(clients[0]?.chaddr);
  });

  it.each([
    ['plain', 'none', 'unknown'],
    ['bios', 'pxe', 'bios'],
    ['uefi', 'pxe', 'uefi-x64'],
    ['http', 'http-boot', 'uefi-x64'],
  ])('as %s asks as a server understands it: %s on %s', (role, bootClient, firmware) => {
    const client = clients.find((one) => one.role === role)!;
    const request = asRequest(discoverPacket(client, 2));
    expect(request).toMatchObject({ message: 'DISCOVER', requestedAddress: undefined, clientAddress: undefined });
    expect(request.packet).toMatchObject({
      op: BOOTREQUEST,
      flags: BROADCAST_FLAG,
      secs: 2,
      xid: client.transactionId,
    });
    expect(identifyClient(request)).toMatchObject({ bootClient, firmware });
  });

  it('never ask for an address: nothing is taken from anybody', () => {
    const messages = clients.map((client) => asRequest(discoverPacket(client, 0)).message);
    const inform = asRequest(informPacket({ mac: '52:54:00:00:00:09', address: '192.168.77.1' }, 7));
    expect([...messages, inform.message]).toEqual(['DISCOVER', 'DISCOVER', 'DISCOVER', 'DISCOVER', 'INFORM']);
    expect(inform).toMatchObject({ mac: '52:54:00:00:00:09', clientAddress: '192.168.77.1' });
  });
});

describe('readProbeAnswer', () => {
  it.each([
    ['an offer', answer({}), { address: '192.168.1.1', kind: 'dhcp', offeredAddress: '192.168.1.50' }],
    [
      'an offer of a proxy',
      answer({ yiaddr: '0.0.0.0', boot: 'pxe.0' }),
      { address: '192.168.1.1', kind: 'proxy', bootFile: 'pxe.0' },
    ],
    [
      'an offer with a boot file in its header',
      answer({ file: 'a.efi' }),
      { address: '192.168.1.1', kind: 'dhcp', offeredAddress: '192.168.1.50', bootFile: 'a.efi' },
    ],
    [
      'settings',
      answer({ message: messageTypeNumber.ACK, ciaddr: '192.168.1.9', yiaddr: '0.0.0.0' }),
      { address: '192.168.1.1', kind: 'dhcp' },
    ],
    [
      'a BOOTP reply',
      answer({ options: undefined }),
      { address: '10.0.0.9', kind: 'dhcp', offeredAddress: '192.168.1.50' },
    ],
    [
      'a boot file that is not for eyes',
      answer({ file: 'x\u001b[2J' }),
      { address: '192.168.1.1', kind: 'dhcp', offeredAddress: '192.168.1.50', bootFile: 'x.[2J' },
    ],
  ])('reads %s', (_what, bytes, expected) => expect(readProbeAnswer(bytes, '10.0.0.9', ids)).toEqual(expected));

  it.each([
    ['an answer to somebody else', answer({ xid: 1 })],
    ['a request', answer({ op: BOOTREQUEST })],
    ['an empty datagram', new Uint8Array(0)],
    ['a short one', answer({}).subarray(0, 100)],
  ])('passes over %s', (_what, bytes) => expect(readProbeAnswer(bytes, '10.0.0.9', ids)).toBeUndefined());

  it('survives whatever comes', () => {
    const survives = fc.property(fc.uint8Array({ maxLength: 600 }), (tail) => {
      const heard = readProbeAnswer(new Uint8Array([...answer({}).subarray(0, 240), ...tail]), '10.0.0.9', ids);
      return heard === undefined || /^\d+(\.\d+){3}$/.test(heard.address);
    });
    expect(() => fc.assert(survives)).not.toThrow();
  });
});

describe('mergeServers', () => {
  it('is a DHCP server who gives addresses, whatever else it answers', () => {
    const dhcp = { address: 'a', kind: 'dhcp', offeredAddress: 'x' } as const;
    const proxy = { address: 'a', kind: 'proxy', bootFile: 'f' } as const;
    const both = { address: 'a', kind: 'dhcp', offeredAddress: 'x', bootFile: 'f' };
    expect(mergeServers(undefined, proxy)).toEqual(proxy);
    expect(mergeServers(dhcp, proxy)).toEqual(both);
    expect(mergeServers(proxy, dhcp)).toEqual(both);
  });
});
