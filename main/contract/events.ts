import { z } from 'zod';
import { findingSchema } from './finding.ts';
import { bootClientSchema, firmwareSchema } from './firmware.ts';
import { localDiskMethodSchema } from './hardware-notes.ts';
import { loaderProgramSchema, rungFailureSchema, rungReasonSchema } from './loader.ts';
import { servingModeSchema } from './session.ts';

/**
 * Facts the engine saw or did. They are journaled as they are, and the journey of every client is a fold over them.
 * `at` is milliseconds since the epoch. Events state facts, never orders.
 */

const at = { at: z.number() };
const mac = { mac: z.string() };
/** Absent where it is the MAC: an adapter that several machines use has several clients. */
const clientId = { clientId: z.string().max(300).optional() };

/** What a served file is for: decides the stage of the journey that a transfer of it belongs to. */
export const fileKindSchema = z.enum(['loader', 'script', 'kernel', 'initrd', 'system', 'image', 'other']);
export type FileKind = z.infer<typeof fileKindSchema>;

export const transferProtocolSchema = z.enum(['tftp', 'http']);
export type TransferProtocol = z.infer<typeof transferProtocolSchema>;

const transferId = { transferId: z.string() };

export const dhcpMessageSchema = z.enum([
  'DISCOVER',
  'OFFER',
  'REQUEST',
  'DECLINE',
  'ACK',
  'NAK',
  'RELEASE',
  'INFORM',
  'BOOTP',
]);
export type DhcpMessage = z.infer<typeof dhcpMessageSchema>;

export const engineEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session.started'),
    ...at,
    interfaceName: z.string(),
    address: z.string(),
    httpPort: z.int(),
    imageName: z.string(),
    entryTitle: z.string(),
  }),
  /** Who hands out the addresses, once that is decided. Nothing is answered by DHCP before. */
  z.object({ type: z.literal('session.mode'), ...at, mode: servingModeSchema, reason: z.string() }),
  z.object({ type: z.literal('session.stopped'), ...at }),

  z.object({
    type: z.literal('dhcp.request'),
    ...at,
    ...mac,
    message: dhcpMessageSchema,
    transactionId: z.int(),
    bootClient: bootClientSchema,
    firmware: firmwareSchema,
    architecture: z.int().optional(),
    vendorClass: z.string().optional(),
    userClass: z.string().optional(),
    hostName: z.string().optional(),
    uuid: z.string().optional(),
    /** The address that it takes, and from whom. */
    requestedAddress: z.string().optional(),
    serverAddress: z.string().optional(),
  }),
  z.object({
    type: z.literal('dhcp.reply'),
    ...at,
    ...mac,
    message: dhcpMessageSchema,
    transactionId: z.int(),
    /** What it was given; absent where it was only told what to boot. */
    address: z.string().optional(),
    bootFile: z.string().optional(),
  }),
  /** A well-formed packet that was not answered, and why. */
  z.object({ type: z.literal('dhcp.silent'), ...at, ...mac, message: dhcpMessageSchema, reason: z.string() }),
  /** Bytes that are not a DHCP packet, counted and dropped. */
  z.object({ type: z.literal('dhcp.dropped'), ...at, reason: z.string(), total: z.int() }),
  z.object({
    type: z.literal('dhcp.declined'),
    ...at,
    ...mac,
    address: z.string(),
    message: z.string().optional(),
  }),
  z.object({ type: z.literal('dhcp.pool-exhausted'), ...at, ...mac, poolSize: z.int() }),

  z.object({
    type: z.literal('transfer.started'),
    ...at,
    ...transferId,
    protocol: transferProtocolSchema,
    peerAddress: z.string(),
    path: z.string(),
    kind: fileKindSchema,
    /** Bytes this transfer will carry: the file's size, or the range's. */
    sizeBytes: z.number(),
  }),
  z.object({
    type: z.literal('transfer.progress'),
    ...at,
    ...transferId,
    sentBytes: z.number(),
    bytesPerSecond: z.number(),
    retransmits: z.int(),
  }),
  z.object({
    type: z.literal('transfer.ended'),
    ...at,
    ...transferId,
    /** `probe`: the client asked for the size and hung up, which firmware does on purpose. */
    outcome: z.enum(['complete', 'probe', 'aborted', 'failed']),
    sentBytes: z.number(),
    durationMs: z.number(),
    bytesPerSecond: z.number(),
    retransmits: z.int(),
    reason: z.string().optional(),
  }),
  z.object({
    type: z.literal('file.missing'),
    ...at,
    protocol: transferProtocolSchema,
    peerAddress: z.string(),
    path: z.string(),
  }),
  /** A request that was refused: not confined to the tree, not from the subnet, not understood. */
  z.object({
    type: z.literal('file.refused'),
    ...at,
    protocol: transferProtocolSchema,
    peerAddress: z.string(),
    path: z.string(),
    reason: z.string(),
  }),

  /** Who has an address, as this computer sees it on the wire. */
  z.object({ type: z.literal('client.addressed'), ...at, ...mac, address: z.string() }),

  /** Why a machine will not get far with what the session boots; empty where that holds no longer. */
  z.object({ type: z.literal('client.misfit'), ...at, ...mac, findings: z.array(findingSchema) }),

  /** What the boot loader said of its machine when it asked for its script. */
  z.object({
    type: z.literal('client.identified'),
    ...at,
    ...mac,
    peerAddress: z.string(),
    uuid: z.string().optional(),
    serial: z.string().optional(),
    manufacturer: z.string().optional(),
    product: z.string().optional(),
    asset: z.string().optional(),
    /** Of the memory modules, as SMBIOS lists them. */
    memoryMiB: z.int().optional(),
    processor: z.string().optional(),
    /** The network adapter's chip, as the loader's driver calls it. */
    networkChip: z.string().optional(),
    platform: z.string().optional(),
    loader: loaderProgramSchema.optional(),
    loaderVersion: z.string().optional(),
  }),

  /** The loader that the firmware is offered from now on, which of how many, and why it. */
  z.object({
    type: z.literal('client.loader'),
    ...at,
    ...mac,
    loader: z.string(),
    rung: z.int(),
    rungs: z.int(),
    reason: rungReasonSchema,
    /** The loader that was left. */
    previous: z.string().optional(),
    /** The model that it worked for. */
    model: z.string().optional(),
  }),
  /** None of the loaders runs on this machine: it is offered none any more. */
  z.object({
    type: z.literal('client.no-loader'),
    ...at,
    ...mac,
    tried: z.array(z.object({ file: z.string(), failure: rungFailureSchema })),
  }),
  /** How a machine that is done is sent to its own disk from now on. */
  z.object({
    type: z.literal('client.local-disk'),
    ...at,
    ...mac,
    method: localDiskMethodSchema,
    reason: z.enum(['first', 'worked-before', 'worked-for-model', 'came-back']),
  }),

  /** What the station gave a machine to boot, when its loader asked. */
  z.object({
    type: z.literal('client.planned'),
    ...at,
    ...mac,
    entryTitle: z.string(),
    /** Paths of the kernel and initrds, as the machine asks for them. */
    bootFiles: z.array(z.string()),
    /** True where the system fetches more of the image by itself. */
    fetchesSystemFiles: z.boolean(),
    /** True where it may change disks. */
    destructive: z.boolean().optional(),
  }),

  /** The machine shows this code on its screen and waits for a person to approve it. */
  z.object({ type: z.literal('client.waiting'), ...at, ...mac, code: z.string() }),
  /** A person let the machine boot, or boot once more. */
  z.object({
    type: z.literal('client.approved'),
    ...at,
    ...mac,
    ...clientId,
    by: z.enum(['person', 'rule']).optional(),
  }),
  z.object({ type: z.literal('client.refused'), ...at, ...mac, ...clientId }),
  /** A report that came from an address whose holder is another machine than it names: nothing of it is believed. */
  z.object({
    type: z.literal('client.report-refused'),
    ...at,
    peerAddress: z.string(),
    /** Of the machine that the report names. */
    claimedMac: z.string(),
    /** Of the machine that holds the address; absent where nobody does. */
    holderMac: z.string().optional(),
    total: z.int(),
  }),

  /** Something the station cannot do any more for now; it lives on. */
  z.object({ type: z.literal('engine.trouble'), ...at, code: z.string(), title: z.string(), advice: z.string() }),
  /** What the trouble of this code said does not hold any more. */
  z.object({ type: z.literal('engine.trouble-over'), ...at, code: z.string(), title: z.string() }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never;

/** How a room tells what it saw: the engine stamps the time. */
export type EmitEvent = (event: WithoutTime<EngineEvent>) => void;
