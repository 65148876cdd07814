import type { Socket } from 'node:dgram';
import { StationError, toStationError } from '../../contract/errors.ts';
import type { EmitEvent } from '../../contract/events.ts';
import { normalizeRequestPath } from '../files/request-path.ts';
import { claimFirst, type Route, type ServedFile } from '../files/route.ts';
import type { MeteredTransfer, TransferMeter } from '../files/transfer-meter.ts';
import { isInSubnet, parseIpv4, type Subnet } from '../net/ipv4.ts';
import type { ChunkPool } from './chunk-pool.ts';
import { FileSender, type Peer } from './file-sender.ts';
import { negotiate, type NegotiatedTransfer, type OptionLimits, type TransferMode } from './options.ts';
import { decodePacket, encodeError, errorCodes, type TftpErrorCode, type TransferRequest } from './packet.ts';
import type { PeerLimiter } from './peer-limits.ts';
import { FileShortened } from './read-ahead.ts';
import type { Sending } from './sending.ts';
import type { StatisticsCounters } from './statistics.ts';
import { ThreadedSender } from './thread/threaded-sender.ts';
import type { TransferThread } from './thread/transfer-thread.ts';

/** What all addresses of a server share. */
export interface DeskServices {
  readonly routes: readonly Route[];
  readonly emit: EmitEvent;
  readonly now: () => number;
  readonly meter: TransferMeter;
  readonly pool: ChunkPool;
  readonly limiter: PeerLimiter;
  readonly optionLimits: OptionLimits;
  readonly statistics: StatisticsCounters;
  /** Sends what it can read by itself; undefined where there is none. */
  readonly thread: TransferThread | undefined;
}

export interface DeskAddress {
  readonly address: string;
  readonly subnet: Subnet;
  /** The request port. */
  readonly listening: Socket;
  /** Where errors are sent from: a port of its own, as every answer comes from a new TID (RFC 1350, 4). */
  readonly answering: Socket;
  /** A socket for one transfer, bound to this address. */
  readonly openTransferSocket: () => Promise<Socket>;
}

interface LiveTransfer {
  readonly request: TransferRequest;
  /** Undefined while its file is being looked for. */
  sender: Sending | undefined;
  /** The request that takes its place as soon as it has ended. */
  successor: TransferRequest | undefined;
}

// Boot ROMs that read past the end of DHCP option 67 ask for its name with the END option's 0xff behind it.
const OPTION_67_OVERRUN = /\u00ff+$/;

const READ_ONLY = 'this server is read-only';

/** Takes the requests that come to one address and answers each by a transfer, an error or silence. */
export class RequestDesk {
  readonly #services: DeskServices;
  readonly #address: DeskAddress;
  readonly #live = new Map<string, LiveTransfer>();
  readonly #running = new Set<Promise<void>>();
  #isClosed = false;

  constructor(services: DeskServices, address: DeskAddress) {
    this.#services = services;
    this.#address = address;
    address.listening.on('message', (packet, sender) => this.#receive(packet, sender));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { sender } of this.#live.values()) sender?.abort('the station stopped', 'the server is stopping');
    await Promise.all(this.#running);
  }

  #receive(packet: Uint8Array, peer: Peer): void {
    if (this.#isClosed) return;
    const { statistics, limiter, now } = this.#services;
    if (!this.#isNeighbour(peer)) {
      statistics.offSubnet += 1;
      return;
    }
    statistics.requests += 1;
    if (!limiter.takeRequest(peer.address, now())) {
      statistics.overLimit += 1;
      return;
    }
    const decoded = decodePacket(packet);
    switch (decoded.type) {
      case 'read-request':
        this.#read(decoded, peer);
        return;
      case 'write-request':
        this.#refuse(peer, decoded.fileName, errorCodes.illegalOperation, READ_ONLY);
        return;
      case 'malformed':
        statistics.malformed += 1;
        if (decoded.answer !== undefined) this.#answer(peer, decoded.answer, decoded.reason);
        return;
      default:
        // Acknowledgements and errors of transfers that are long over come here from clients that lost track.
        statistics.malformed += 1;
    }
  }

  #read(request: TransferRequest, peer: Peer): void {
    const { mode } = request;
    if (mode !== 'octet' && mode !== 'netascii') {
      this.#refuse(peer, request.fileName, errorCodes.illegalOperation, 'only the modes octet and netascii are known');
      return;
    }
    const path = normalizeRequestPath(request.fileName);
    if (path === undefined) {
      this.#refuse(peer, request.fileName, errorCodes.accessViolation, 'this path leads out of what is served');
      return;
    }
    const key = `${peer.address}:${peer.port}`;
    const live = this.#live.get(key);
    if (live !== undefined) {
      this.#requestedAgain(live, request);
      return;
    }
    const { limiter, statistics } = this.#services;
    if (!limiter.takeTransfer(peer.address)) {
      statistics.overLimit += 1;
      return;
    }
    this.#track(key, request, peer, path, mode);
  }

  /** Firmware asks again from the same port while it waits, and some of it always asks from the same port. */
  #requestedAgain(live: LiveTransfer, request: TransferRequest): void {
    if (!isSameRequest(live.request, request)) {
      live.successor = request;
      live.sender?.supersede();
    } else {
      live.sender?.requestRepeated();
    }
  }

  #track(key: string, request: TransferRequest, peer: Peer, path: string, mode: TransferMode): void {
    const { statistics, limiter } = this.#services;
    const live: LiveTransfer = { request, sender: undefined, successor: undefined };
    this.#live.set(key, live);
    statistics.activeTransfers += 1;
    // A defect in here ends one transfer, not the station.
    const served = this.#serve(live, peer, path, mode).catch((error: unknown) => void this.#tellTrouble(error));
    const running = served.finally(() => {
      this.#live.delete(key);
      this.#running.delete(running);
      statistics.activeTransfers -= 1;
      limiter.releaseTransfer(peer.address);
      if (live.successor !== undefined && !this.#isClosed) this.#read(live.successor, peer);
    });
    this.#running.add(running);
  }

  async #serve(live: LiveTransfer, peer: Peer, path: string, mode: TransferMode): Promise<void> {
    const { emit, statistics, optionLimits } = this.#services;
    let file: ServedFile | undefined;
    try {
      file = await this.#claim(path, peer);
    } catch (error) {
      statistics.failed += 1;
      const { title } = this.#tellTrouble(error);
      emit({ type: 'file.refused', protocol: 'tftp', peerAddress: peer.address, path, reason: title });
      this.#answer(peer, errorCodes.notDefined, 'the file could not be read');
      return;
    }
    if (file === undefined) {
      statistics.missing += 1;
      emit({ type: 'file.missing', protocol: 'tftp', peerAddress: peer.address, path });
      this.#answer(peer, errorCodes.fileNotFound, 'file not found');
      return;
    }
    const negotiated = negotiate(live.request.options, { sizeBytes: file.sizeBytes, mode }, optionLimits);
    const sender = await this.#openSender(live, peer, path, file, negotiated, mode);
    if (sender === undefined) {
      await file.close();
      return;
    }
    live.sender = sender;
    sender.start();
    const { outcome, startsAgain } = await sender.ended;
    if (startsAgain === true) live.successor ??= live.request;
    statistics[outcome] += 1;
    const { failure } = sender;
    if (failure === undefined) return;
    const isShort = failure instanceof FileShortened;
    this.#tellTrouble(isShort ? new StationError('E_IMAGE_CHANGED', { path, detail: failure.message }) : failure);
  }

  /** Undefined where it cannot be sent, or need not be any more. */
  async #openSender(
    live: LiveTransfer,
    peer: Peer,
    path: string,
    file: ServedFile,
    negotiated: NegotiatedTransfer,
    mode: TransferMode,
  ): Promise<Sending | undefined> {
    const { meter, pool, now, thread } = this.#services;
    const { kind, sizeBytes, direct } = file;
    const isDue = (): boolean => !this.#isClosed && live.successor === undefined;
    const measured = (): MeteredTransfer =>
      meter.start({ protocol: 'tftp', peerAddress: peer.address, path, kind, sizeBytes });
    const peerAddress = parseIpv4(peer.address);
    if (thread?.isAlive === true && direct !== undefined && mode === 'octet' && peerAddress !== undefined) {
      if (!isDue()) return undefined;
      const serverAddress = this.#address.address;
      const { port: peerPort } = peer;
      return new ThreadedSender({
        thread,
        serverAddress,
        peerAddress,
        peerPort,
        file,
        bytes: direct,
        negotiated,
        meter: measured(),
      });
    }
    const socket = await this.#openTransferSocket();
    if (socket === undefined || !isDue()) {
      socket?.close();
      return undefined;
    }
    return new FileSender({
      socket,
      peer,
      file,
      negotiated,
      mode,
      pool,
      meter: measured(),
      now,
      onStranger: (sender, packet) => this.#strangerWrote(socket, sender, packet),
    });
  }

  async #claim(path: string, peer: Peer): Promise<ServedFile | undefined> {
    const { routes } = this.#services;
    const request = { query: new URLSearchParams(), protocol: 'tftp', peerAddress: peer.address } as const;
    const file =
      (await claimFirst(routes, { ...request, path })) ??
      (OPTION_67_OVERRUN.test(path)
        ? await claimFirst(routes, { ...request, path: path.replace(OPTION_67_OVERRUN, '') })
        : undefined);
    const { direct } = file ?? {};
    if (direct?.kind !== 'descriptor') return file;
    try {
      // Who reads without `read` has not been told that the source is gone: the client is told before anything is sent.
      await direct.checkUnchanged?.();
    } catch (error) {
      await file?.close();
      throw error;
    }
    return file;
  }

  /** Undefined where the system has none: told as trouble, and the client gets silence and asks again. */
  async #openTransferSocket(): Promise<Socket | undefined> {
    try {
      return await this.#address.openTransferSocket();
    } catch (error) {
      this.#services.statistics.failed += 1;
      this.#tellTrouble(error);
      return undefined;
    }
  }

  #tellTrouble(thrown: unknown): StationError {
    const error = toStationError(thrown);
    const { code, title, advice } = error;
    this.#services.emit({ type: 'engine.trouble', code, title, advice });
    return error;
  }

  #strangerWrote(socket: Socket, sender: Peer, packet: Uint8Array): void {
    this.#services.statistics.strangers += 1;
    // An error is never answered by an error, or two programs would send them to each other for ever.
    if (!this.#isNeighbour(sender) || decodePacket(packet).type === 'error') return;
    socket.send(encodeError(errorCodes.unknownTransferId, 'unknown transfer ID'), sender.port, sender.address);
  }

  #isNeighbour(peer: Peer): boolean {
    const address = parseIpv4(peer.address);
    return address !== undefined && peer.port !== 0 && isInSubnet(address, this.#address.subnet);
  }

  #refuse(peer: Peer, path: string, code: TftpErrorCode, reason: string): void {
    this.#services.statistics.refused += 1;
    this.#services.emit({ type: 'file.refused', protocol: 'tftp', peerAddress: peer.address, path, reason });
    this.#answer(peer, code, reason);
  }

  #answer(peer: Peer, code: TftpErrorCode, message: string): void {
    if (!this.#isClosed) this.#address.answering.send(encodeError(code, message), peer.port, peer.address);
  }
}

const isSameRequest = (one: TransferRequest, other: TransferRequest): boolean =>
  one.fileName === other.fileName &&
  one.mode === other.mode &&
  one.options.flat().join('\0') === other.options.flat().join('\0');
