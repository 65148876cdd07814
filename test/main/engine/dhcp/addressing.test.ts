import { expect, it } from 'vitest';
import { replyDestination } from '../../../../main/engine/dhcp/addressing.ts';
import { readRequest } from '../../../../main/engine/dhcp/message.ts';
import { type ClientPacket, clientPacket, decoded, requested } from './scripted-client.ts';

/** In order of priority (RFC 2131 section 4.1). */

const ports = { server: 67, client: 68 };
const limitedBroadcast = '255.255.255.255:68';

it.each<
  [string, 'DISCOVER' | 'REQUEST' | 'INFORM' | 'BOOTP', ClientPacket, 'OFFER' | 'ACK' | 'NAK' | 'BOOTP', string, string]
>([
  ['a relay', 'DISCOVER', { giaddr: '10.88.0.250', ciaddr: '10.88.0.60' }, 'OFFER', '10.88.0.250:67', '10.88.0.250:67'],
  ['a relay, refused', 'REQUEST', { giaddr: '10.88.0.250' }, 'NAK', '10.88.0.250:67', '10.88.0.250:67'],
  ['a client with an address', 'REQUEST', { ciaddr: '10.88.0.60' }, 'ACK', '10.88.0.60:68', '10.88.0.60:68'],
  [
    'a client with an address and its own port',
    'INFORM',
    { ciaddr: '10.88.0.60' },
    'ACK',
    '10.88.0.60:4711',
    '10.88.0.60:4711',
  ],
  [
    'a client whose address is not its source',
    'INFORM',
    { ciaddr: '10.88.0.60' },
    'ACK',
    '10.88.0.9:4711',
    '10.88.0.60:68',
  ],
  ['a client with an address, refused', 'REQUEST', { ciaddr: '10.88.0.60' }, 'NAK', '10.88.0.60:68', limitedBroadcast],
  ['a client that wants broadcast', 'DISCOVER', { flags: 0x8000 }, 'OFFER', '0.0.0.0:68', limitedBroadcast],
  ['a client that wants unicast, which we cannot', 'DISCOVER', { flags: 0 }, 'OFFER', '0.0.0.0:68', limitedBroadcast],
  ['a DISCOVER with an address', 'DISCOVER', { ciaddr: '10.88.0.60' }, 'OFFER', '10.88.0.60:68', limitedBroadcast],
  [
    'a REQUEST with both',
    'REQUEST',
    { ciaddr: '10.88.0.60', options: [requested('10.88.0.61')] },
    'ACK',
    '0.0.0.0:68',
    limitedBroadcast,
  ],
  ['BOOTP', 'BOOTP', {}, 'BOOTP', '0.0.0.0:68', limitedBroadcast],
])('%s', (_, message, packet, answer, from, expected) => {
  const bytes = clientPacket(message, packet);
  const read = readRequest(decoded(bytes), bytes.length);
  if (!read.ok) throw new Error(read.reason);
  const [address = '', port] = from.split(':');
  const to = replyDestination(read.request, answer, { address, port: Number(port) }, ports);
  expect(`${to.address}:${to.port}`).toBe(expected);
});
