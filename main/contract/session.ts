import { z } from 'zod';
import { variableValuesSchema } from './answer.ts';
import { firmwareSchema } from './firmware.ts';
import { macSchema } from './machines.ts';

/**
 * Which machines may boot: all that ask, those that a person approves, those on a list and no others, or those that a rule names, while
 * the others wait for a person.
 */
export const approvalPolicySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('every-machine') }),
  z.object({ kind: z.literal('approved') }),
  z.object({ kind: z.literal('listed'), macs: z.array(macSchema).max(4096) }),
  z.object({
    kind: z.literal('rules'),
    macs: z.array(macSchema).max(4096).default([]),
    /** Names of makers, or the first bytes of their MACs. */
    vendors: z.array(z.string().trim().min(2).max(64)).max(32).default([]),
    /** So many machines, in the order in which their loaders ask. */
    first: z.int().min(0).max(4096).default(0),
    /** Those of the station's list of machines. */
    machineList: z.boolean().default(false),
  }),
]);
export type ApprovalPolicy = z.infer<typeof approvalPolicySchema>;

/** What a machine gets when it comes back after its boot: its own disk, or the same boot again. */
export const afterBootSchema = z.enum(['local-disk', 'boot-again']);
export type AfterBoot = z.infer<typeof afterBootSchema>;

/** Who hands out addresses: this station, or another server whose machines are only told what to boot (ProxyDHCP). */
export const servingModeSchema = z.enum(['dhcp', 'proxy']);
export type ServingMode = z.infer<typeof servingModeSchema>;

/** `auto`: as the network is found when the session starts. */
export const sessionModeSchema = z.enum(['auto', ...servingModeSchema.options]);
export type SessionMode = z.infer<typeof sessionModeSchema>;

/** Everything the wizard asks for: what a session is started with. */
export const sessionDraftSchema = z.object({
  imageId: z.string().max(200),
  interfaceName: z.string().max(64),
  /** Absent: `auto`. */
  mode: sessionModeSchema.optional(),
  /** Address to give the interface for the session; absent where it has one. */
  address: z.string().max(32).optional(),
  pool: z.string().max(64).optional(),
  entryId: z.string().max(200),
  /** Used instead of the entry's own command line, with the same placeholders: for an image that is not known. */
  commandLine: z.string().max(4000).optional(),
  /** Kernel arguments to add to those of the entry. */
  extraArguments: z.string().max(2000).default(''),
  /** An answer file of the library and the values for it. */
  answer: z.object({ answerId: z.string().max(100), variables: variableValuesSchema.default({}) }).optional(),
  /** The text itself, for records of before there was a library of answer files. */
  answerFile: z.object({ name: z.string().regex(/^[\w.-]{1,64}$/), text: z.string().max(1_000_000) }).optional(),
  approval: approvalPolicySchema,
  afterBoot: afterBootSchema,
  /** Said in so many words: serve although another DHCP server answers, or the interface is unfit. */
  override: z.boolean().default(false),
  /** One of these only, as the command line can say it. */
  allowUnfit: z.boolean().optional(),
  allowForeignDhcp: z.boolean().optional(),
  /** False: nobody asks whether another DHCP server is there. */
  probe: z.boolean().optional(),
});
export type SessionDraft = z.infer<typeof sessionDraftSchema>;

/** A draft with its secrets, which the station keeps to itself: no state, record or report ever has them. */
export const sessionStartSchema = sessionDraftSchema.extend({ secrets: variableValuesSchema.optional() });

/** One thing that must, or should, be true before Start. */
export const preflightCheckSchema = z.object({
  id: z.enum([
    'link',
    'address',
    'interface-fit',
    'foreign-dhcp',
    'ports',
    'loaders',
    'image',
    'architecture',
    'disk-space',
    'machines',
    'pool',
  ]),
  title: z.string(),
  state: z.enum(['passed', 'warning', 'failed', 'running']),
  /** What was found, in a sentence. */
  detail: z.string(),
  /** What the person can do about it. */
  advice: z.string().optional(),
  /** What the station can do about it, when asked. */
  fix: z.enum(['assign-address', 'choose-image', 'retry']).optional(),
  /** Start is off while one of these has failed, unless the session overrides it. */
  required: z.boolean(),
});
export type PreflightCheck = z.infer<typeof preflightCheckSchema>;

/** What the checks are called in English, on the command line and on the screen. */
export const checkTitles: Readonly<Record<PreflightCheck['id'], string>> = {
  link: 'Cable and link',
  address: 'Address of this station',
  'interface-fit': 'Interface',
  'foreign-dhcp': 'Other DHCP servers',
  ports: 'Network ports',
  loaders: 'Boot loaders',
  image: 'Image',
  architecture: 'Firmware of the machines',
  'disk-space': 'Disk space',
  machines: 'Needs of the machines',
  pool: 'Addresses for machines',
};

export const foreignServerSchema = z.object({
  address: z.string(),
  mac: z.string().optional(),
  vendor: z.string().optional(),
  kind: z.enum(['dhcp', 'proxy']),
  offeredAddress: z.string().optional(),
  bootFile: z.string().optional(),
});
export type ForeignServer = z.infer<typeof foreignServerSchema>;

export const probeResultSchema = z.object({
  interfaceName: z.string(),
  servers: z.array(foreignServerSchema),
  durationMs: z.number(),
  /** The mode that follows, and why in a sentence. */
  proposedMode: z.enum([...servingModeSchema.options, 'none']),
  reason: z.string(),
});
export type ProbeResult = z.infer<typeof probeResultSchema>;

/** What the DHCP server of a network has to say where machines do not listen to this station beside it: lines to copy. */
export const routerSettingsSchema = z.object({ server: z.enum(['dnsmasq', 'dhcpd', 'router']), text: z.string() });
export type RouterSettings = z.infer<typeof routerSettingsSchema>;

export const sessionStateSchema = z.object({
  id: z.string(),
  state: z.enum(['starting', 'running', 'stopping', 'ended', 'failed']),
  rehearsal: z.boolean(),
  draft: sessionDraftSchema,
  imageName: z.string(),
  entryTitle: z.string(),
  destructive: z.boolean(),
  address: z.string().optional(),
  baseUrl: z.string().optional(),
  /** Absent until it is decided. */
  mode: servingModeSchema.optional(),
  /** Why that mode, in a sentence. */
  modeReason: z.string().optional(),
  routerSettings: z.array(routerSettingsSchema).optional(),
  pool: z.object({ first: z.string(), last: z.string() }).optional(),
  linkMbps: z.int().positive().optional(),
  startedAtMs: z.number(),
  endedAtMs: z.number().optional(),
  /** Why it failed, or what is wrong while it runs. */
  trouble: z.object({ code: z.string(), title: z.string(), advice: z.string() }).optional(),
});
export type SessionState = z.infer<typeof sessionStateSchema>;

export const pastSessionSchema = z.object({
  id: z.string(),
  imageName: z.string(),
  entryTitle: z.string(),
  interfaceName: z.string(),
  rehearsal: z.boolean(),
  startedAtMs: z.number(),
  /** Absent where the station was cut off: the session can be resumed. */
  endedAtMs: z.number().optional(),
  machines: z.int(),
  finished: z.int(),
  draft: sessionDraftSchema,
});
export type PastSession = z.infer<typeof pastSessionSchema>;

export const stageSchema = z.enum([
  'power-on',
  'dhcp',
  'loader',
  'menu',
  'kernel',
  'initrd',
  'system-files',
  'running',
  'done',
]);
export type Stage = z.infer<typeof stageSchema>;

/** What the stages are called in English, on the command line and on the screen. */
export const stageNames: Readonly<Record<Stage, string>> = {
  'power-on': 'Power on',
  dhcp: 'DHCP',
  loader: 'Loader',
  menu: 'Menu',
  kernel: 'Kernel',
  initrd: 'Initrd',
  'system-files': 'System files',
  running: 'Running',
  done: 'Done',
};

/** How a stage is known: from packets, from what the machine said of itself, or concluded. */
export const evidenceSchema = z.enum(['seen', 'reported', 'inferred']);
export type Evidence = z.infer<typeof evidenceSchema>;

/** One machine as the monitor shows it. All of its texts come from the network: hostile. */
export const monitoredClientSchema = z.object({
  id: z.string().max(300),
  /** Of the adapter that it uses now; several machines may share one. */
  mac: z.string(),
  /** Of all its adapters, where they are several. */
  macs: z.array(z.string()).optional(),
  /** Given by the person. */
  name: z.string().optional(),
  /** The address that the person reserved for it. */
  reservedAddress: z.string().optional(),
  vendor: z.string().optional(),
  address: z.string().optional(),
  firmware: firmwareSchema,
  hostName: z.string().optional(),
  uuid: z.string().optional(),
  serial: z.string().optional(),
  manufacturer: z.string().optional(),
  product: z.string().optional(),
  asset: z.string().optional(),
  /** As its loader reported it; absent where it does not know. */
  memoryMiB: z.int().optional(),
  processor: z.string().optional(),
  networkChip: z.string().optional(),
  /** The loader that its firmware is offered. */
  loader: z.string().optional(),
  boots: z.int(),
  stage: stageSchema,
  evidence: evidenceSchema,
  stageSinceMs: z.number(),
  firstSeenMs: z.number(),
  lastSeenMs: z.number(),
  percent: z.number().optional(),
  bytesPerSecond: z.number().optional(),
  sentence: z.string(),
  problem: z.string().optional(),
  approval: z.enum(['approved', 'waiting', 'refused']),
  /** Of an approval that is good for one boot: still to be had, or had. */
  approvalUse: z.enum(['armed', 'used']).optional(),
  /** Short code that the machine's own screen shows while it waits. */
  code: z.string().optional(),
});
export type MonitoredClient = z.infer<typeof monitoredClientSchema>;

/** One line of a machine's timeline. */
export const timelineEntrySchema = z.object({
  at: z.number(),
  stage: stageSchema,
  evidence: evidenceSchema,
  sentence: z.string(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
