import { z } from 'zod';
import { storedAnswerSchema } from './answer.ts';
import { imageDescriptionSchema } from './image.ts';
import { listedMachineSchema } from './machines.ts';
import { networkInterfaceSchema } from './network.ts';
import { storedProfileSchema } from './profile.ts';
import { monitoredClientSchema, pastSessionSchema, sessionStateSchema } from './session.ts';

/** What the station knows, as its user interface sees it: a snapshot, then ordered changes (see wire.ts). */

export const settingsSchema = z.object({
  theme: z.enum(['light', 'dark', 'system']),
  /** `en-XA`: English made longer and accented, to see what a layout or a text that is in no catalogue does; not offered. */
  language: z.enum(['en', 'en-XA']),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Who signed the checksum file beside an image, or the image. `not-checked`: there is no gpg here, or it did not end. */
export const imageSignatureSchema = z.object({
  state: z.enum(['good', 'bad', 'unknown-key', 'weak', 'unreadable', 'not-checked']),
  /** The file with the signature, and the one that it is about. */
  file: z.string(),
  of: z.string(),
  by: z.string().optional(),
  key: z.string().optional(),
});
export type ImageSignature = z.infer<typeof imageSignatureSchema>;

/** Result of comparing an image with a checksum file beside it or a pasted value. */
export const imageChecksumSchema = z.object({ source: z.string(), matches: z.boolean() });

export const libraryImageSchema = z.object({
  id: z.string(),
  path: z.string(),
  /** The person's own name for it, else the recognised one. */
  name: z.string(),
  sizeBytes: z.number(),
  addedAtMs: z.number(),
  /** `checking` while it is being read; `changed`: another file stands at its path; `unreadable` with its `problem`. */
  state: z.enum(['ready', 'checking', 'missing', 'changed', 'unreadable']),
  problem: z.object({ code: z.string(), title: z.string(), advice: z.string() }).optional(),
  description: imageDescriptionSchema.optional(),
  sha256: z.string().optional(),
  checksum: imageChecksumSchema.optional(),
  signature: imageSignatureSchema.optional(),
});
export type LibraryImage = z.infer<typeof libraryImageSchema>;

/** Work in the background that has a measure. */
export const taskSchema = z.object({
  id: z.string(),
  kind: z.enum(['hash', 'extract']),
  /** Image it is about. */
  imageId: z.string(),
  doneBytes: z.number(),
  totalBytes: z.number(),
  bytesPerSecond: z.number(),
});
export type Task = z.infer<typeof taskSchema>;

export const logLineSchema = z.object({
  id: z.int(),
  at: z.number(),
  level: z.enum(['info', 'warning', 'error']),
  mac: z.string().optional(),
  text: z.string(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** Bytes sent in the second that ended at `at`. */
export const throughputSampleSchema = z.object({ at: z.number(), bytesPerSecond: z.number() });
export type ThroughputSample = z.infer<typeof throughputSampleSchema>;

/** A read-only address of this interface for a phone, while it is switched on. */
export const sharingSchema = z.object({ url: z.string(), qrSvg: z.string() });

export const stationStateSchema = z.object({
  station: z.object({
    version: z.string(),
    platform: z.string(),
    hostName: z.string(),
    /** What the host can do: a browser has no native dialogs. */
    capabilities: z.object({ nativeDialogs: z.boolean(), assignAddress: z.boolean(), serve: z.boolean() }),
    /** This connection may look and not touch. */
    readOnly: z.boolean(),
  }),
  settings: settingsSchema,
  interfaces: z.array(networkInterfaceSchema),
  images: z.array(libraryImageSchema),
  answers: z.array(storedAnswerSchema),
  profiles: z.array(storedProfileSchema),
  tasks: z.array(taskSchema),
  session: sessionStateSchema.nullable(),
  /** The machines that the person knows: names, reserved addresses, values of their own. */
  machines: z.array(listedMachineSchema),
  clients: z.array(monitoredClientSchema),
  log: z.array(logLineSchema),
  throughput: z.array(throughputSampleSchema),
  sessions: z.array(pastSessionSchema),
  sharing: sharingSchema.nullable(),
});
export type StationState = z.infer<typeof stationStateSchema>;
