import dgram from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageTypeNumber } from '../../../../main/engine/dhcp/message.ts';
import { dhcpOption } from '../../../../main/engine/dhcp/options.ts';
import { BOOTREPLY, type DhcpPacket, encodePacket } from '../../../../main/engine/dhcp/packet.ts';
import { clientPacket } from '../../../../main/engine/rehearsal/machine-dhcp.ts';
import { openRelay, type Relay } from '../../../../main/engine/rehearsal/relay.ts';
import { decoded } from '../dhcp/scripted-client.ts';
import { profile } from './conversation.ts';

const SERVER = '127.77.0.1';
const RELAY = '127.77.255.1';
const unstopped = new AbortController().signal;

describe.skipIf(process.platform !== 'linux')('the relay', () => {
  let server: dgram.Socket;
  let relay: Relay;
  const received: DhcpPacket[] = [];
  beforeEach(async () => {
    received.length = 0;
    server = dgram.createSocket({ type: 'udp4', reuseAddr: true });
    server.on('message', (bytes) => received.push(decoded(bytes)));
    server.bind(0, SERVER);
    await once(server, 'listening');
    relay = await openRelay({ address: RELAY, server: { address: SERVER, port: server.address().port } });
  });
  afterEach(async () => {
    await relay[Symbol.asyncDispose]();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  const discover = (transactionId: number, mac = profile.mac): DhcpPacket =>
    clientPacket('DISCOVER', { ...profile, mac }, 'pxe', transactionId);
  const request = (transactionId: number): DhcpPacket => clientPacket('REQUEST', profile, 'pxe', transactionId);

  /** Answers as a server does that answers relays: on its own port. */
  function reply(to: DhcpPacket, message: 'OFFER' | 'ACK', yiaddr: string): void {
    const type = dhcpOption.messageType.encode(messageTypeNumber[message]);
    const options = new Map([[dhcpOption.messageType.code, type]]);
    server.send(encodePacket({ ...to, op: BOOTREPLY, yiaddr, options }), server.address().port, RELAY);
  }

  it('says where it is, and hands each answer to the machine and the conversation that it is for', async () => {
    const machines = [discover(1), discover(2), discover(1, '48:c3:5a:00:00:02')];
    const answers = machines.map(async (packet) => await relay.exchange(packet, 2_000, unstopped));
    await expect.poll(() => received.length).toBe(3);
    expect(received.map(({ giaddr, hops }) => [giaddr, hops])).toEqual([
      [RELAY, 1],
      [RELAY, 1],
      [RELAY, 1],
    ]);
    machines.toReversed().forEach((packet, index) => reply(packet, 'OFFER', `127.77.1.${3 - index}`));
    const heard = await Promise.all(answers);
    expect(heard.map((packet) => packet?.yiaddr)).toEqual(['127.77.1.1', '127.77.1.2', '127.77.1.3']);
  });

  it('takes no late offer for the answer to a REQUEST', async () => {
    const answer = relay.exchange(request(5), 2_000, unstopped);
    await expect.poll(() => received.length).toBe(1);
    reply(discover(5), 'OFFER', '127.77.1.1');
    reply(request(5), 'ACK', '127.77.1.2');
    expect((await answer)?.yiaddr).toBe('127.77.1.2');
  });

  it('gives nothing where no answer comes in time, and passes over what is no DHCP', async () => {
    const answer = relay.exchange(discover(1), 100, unstopped);
    server.send('nonsense', server.address().port, RELAY);
    expect(await answer).toBeUndefined();
  });

  it('ends an exchange that is stopped', async () => {
    const stopping = new AbortController();
    const answer = relay.exchange(discover(1), 60_000, stopping.signal);
    stopping.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    await expect(relay.exchange(discover(1), 60_000, stopping.signal)).rejects.toThrow('enough');
  });
});
