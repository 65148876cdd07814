import dgram from 'node:dgram';
import { messageTypeNumber } from '../dhcp/message.ts';
import { dhcpOption, readOption } from '../dhcp/options.ts';
import { decodePacket, type DhcpPacket, encodePacket } from '../dhcp/packet.ts';

/**
 * The DHCP relay (RFC 1542) that all simulated machines sit behind. A machine that has no address yet hears broadcasts only, and on one
 * loopback all of them would hear each other's, on one port that they share, with a source that follows the computer's routes. A relay
 * is answered by unicast, on any port, and hands each answer to the machine that it is for.
 */
export interface Relay extends AsyncDisposable {
  /** The server's answer to a machine's packet; undefined where none comes in time. Rejects with the reason of `signal`. */
  exchange(packet: DhcpPacket, timeoutMs: number, signal: AbortSignal): Promise<DhcpPacket | undefined>;
}

export interface RelayOptions {
  /** `giaddr`: an address of the server's subnet that no machine is given. */
  readonly address: string;
  readonly server: { readonly address: string; readonly port: number };
}

const RECEIVE_BUFFER_BYTES = 1024 * 1024;

/** Listens where servers answer relays: on the server's own port (RFC 2131 section 4.1). */
export async function openRelay({ address, server }: RelayOptions): Promise<Relay> {
  // The server has the same port on the wildcard address; both say that they share it, and the kernel goes by the address.
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true, recvBufferSize: RECEIVE_BUFFER_BYTES });
  const waiting = new Map<string, (packet: DhcpPacket) => void>();
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address, port: server.port }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
  // A datagram that could not be sent is one that was lost: the machine asks again.
  socket.on('error', () => undefined);
  socket.on('message', (bytes) => {
    const decoded = decodePacket(bytes);
    if (decoded.ok) waiting.get(conversationOf(decoded.packet))?.(decoded.packet);
  });
  return {
    async exchange(packet, timeoutMs, signal) {
      signal.throwIfAborted();
      const key = conversationOf(packet);
      const stopped = Promise.withResolvers<never>();
      const answered = Promise.withResolvers<DhcpPacket | undefined>();
      const onAbort = (): void => stopped.reject(signal.reason);
      signal.addEventListener('abort', onAbort);
      waiting.set(key, (reply) => {
        if (isAnswer(reply, packet)) answered.resolve(reply);
      });
      const timer = setTimeout(() => answered.resolve(undefined), timeoutMs);
      socket.send(encodePacket({ ...packet, giaddr: address, hops: 1 }), server.port, server.address);
      try {
        return await Promise.race([answered.promise, stopped.promise]);
      } finally {
        clearTimeout(timer);
        waiting.delete(key);
        signal.removeEventListener('abort', onAbort);
      }
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(resolve)),
  };
}

/** Which machine a packet is about, and which of its conversations. */
const conversationOf = ({ chaddr, xid }: DhcpPacket): string => `${Buffer.from(chaddr).toString('hex')} ${xid}`;

/** An offer that comes when the machine has asked again already is no answer to its REQUEST. */
const isAnswer = (reply: DhcpPacket, request: DhcpPacket): boolean =>
  (messageType(request) === messageTypeNumber.DISCOVER) === (messageType(reply) === messageTypeNumber.OFFER);

const messageType = ({ options }: DhcpPacket): number | undefined =>
  options && readOption(options, dhcpOption.messageType);
