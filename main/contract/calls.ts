import { z } from 'zod';
import {
  longestAnswerFile,
  answerPreviewSchema,
  answerRevisionSchema,
  answerSchema,
  previewMachineSchema,
  variableValuesSchema,
} from './answer.ts';
import { imageDescriptionSchema } from './image.ts';
import { listedMachineSchema, machineListSchema, mostListedMachines } from './machines.ts';
import { profileChoicesSchema } from './profile.ts';
import {
  preflightCheckSchema,
  probeResultSchema,
  sessionDraftSchema,
  sessionStartSchema,
  timelineEntrySchema,
} from './session.ts';
import { settingsSchema, stationStateSchema } from './state.ts';

const nothing = z.object({});
const path = z.string().min(1).max(4096);
const imageId = z.object({ imageId: z.string().max(200) });
const interfaceName = z.string().min(1).max(64);
const clientId = z.string().min(1).max(300);
const clientIds = z.object({ clientIds: z.array(clientId).min(1).max(4096) });

/**
 * Every call of the user interface to the station, once: what it takes and what it gives. `readOnly` calls are open to a
 * connection that may look and not touch.
 */
export const calls = {
  'state.snapshot': { arg: nothing, value: z.object({ seq: z.int(), state: stationStateSchema }), readOnly: true },

  /** What an ISO is, without adding it. */
  'images.inspect': { arg: z.object({ path }), value: imageDescriptionSchema, readOnly: false },
  /** `alreadyAt`: the library has the same image under another path, which stays. */
  'images.add': {
    arg: z.object({ path }),
    value: imageId.extend({ alreadyAt: z.string().optional() }),
    readOnly: false,
  },
  'images.rename': { arg: imageId.extend({ name: z.string().min(1).max(200) }), value: nothing, readOnly: false },
  'images.remove': { arg: imageId, value: nothing, readOnly: false },
  /** Hashes in the background; progress is a task. A pasted value is compared, else a checksum file beside the image. */
  'images.verify': {
    arg: imageId.extend({ expectedSha256: z.string().max(200).optional() }),
    value: nothing,
    readOnly: false,
  },
  'images.cancelVerify': { arg: imageId, value: nothing, readOnly: false },
  /** Native dialog; `path` is absent where the person changed their mind or there is no dialog. */
  'images.pick': { arg: nothing, value: z.object({ path: path.optional() }), readOnly: false },
  /** Finds a file dropped on a browser, which does not tell its path, in the usual folders. */
  'files.locate': {
    arg: z.object({ name: z.string().min(1).max(255), sizeBytes: z.number().nonnegative() }),
    value: z.object({ path: path.optional() }),
    readOnly: false,
  },
  /** Folders and images in a folder of the station, for a browser; without a path the folder that a person most likely wants. */
  'files.list': {
    arg: z.object({ folder: path.optional() }),
    value: z.object({
      folder: z.string(),
      parent: z.string().optional(),
      shortcuts: z.array(z.object({ name: z.string(), path: z.string() })),
      entries: z.array(
        z.object({
          name: z.string(),
          path: z.string(),
          type: z.enum(['folder', 'image']),
          sizeBytes: z.number().optional(),
          modifiedAtMs: z.number().optional(),
        }),
      ),
    }),
    readOnly: false,
  },

  'interfaces.probe': { arg: z.object({ interfaceName }), value: probeResultSchema, readOnly: false },

  'session.preflight': {
    arg: sessionDraftSchema,
    value: z.object({ checks: z.array(preflightCheckSchema), ready: z.boolean() }),
    readOnly: false,
  },
  'session.start': { arg: sessionStartSchema, value: z.object({ sessionId: z.string() }), readOnly: false },
  /** Keeps an answer file: as a new one, or as the next revision of an old one. */
  'answers.save': {
    arg: z.object({ answerId: z.string().max(100).optional(), answer: answerSchema }),
    value: z.object({ answerId: z.string(), revision: z.int() }),
    readOnly: false,
  },
  /** The same of a file of the person's computer, whose format is told by its text. */
  'answers.import': {
    arg: z.object({ fileName: z.string().min(1).max(255), text: z.string().max(longestAnswerFile) }),
    value: z.object({ answerId: z.string() }),
    readOnly: false,
  },
  /** Its text, of the last or an earlier revision, and which revisions there are, the last one first. */
  'answers.read': {
    arg: z.object({ answerId: z.string().max(100), revision: z.int().positive().optional() }),
    value: z.object({ answer: answerSchema, revision: z.int(), history: z.array(answerRevisionSchema) }),
    readOnly: false,
  },
  'answers.remove': { arg: z.object({ answerId: z.string().max(100) }), value: nothing, readOnly: false },
  /** How a text would look for a machine, and what is wrong with it. Secrets are dots. */
  'answers.preview': {
    arg: z.object({
      answer: answerSchema,
      machine: previewMachineSchema,
      variables: variableValuesSchema.default({}),
      secrets: variableValuesSchema.default({}),
    }),
    value: answerPreviewSchema,
    readOnly: false,
  },

  'profiles.save': {
    arg: z.object({
      profileId: z.string().max(100).optional(),
      name: z.string().trim().min(1).max(100),
      choices: profileChoicesSchema,
    }),
    value: z.object({ profileId: z.string() }),
    readOnly: false,
  },
  'profiles.rename': {
    arg: z.object({ profileId: z.string().max(100), name: z.string().trim().min(1).max(100) }),
    value: nothing,
    readOnly: false,
  },
  'profiles.duplicate': {
    arg: z.object({ profileId: z.string().max(100) }),
    value: z.object({ profileId: z.string() }),
    readOnly: false,
  },
  'profiles.remove': { arg: z.object({ profileId: z.string().max(100) }), value: nothing, readOnly: false },
  /** What a profile says, ready for the wizard; its answer file is put into the library. */
  'profiles.choose': {
    arg: z.object({ profileId: z.string().max(100) }),
    value: z.object({
      ...profileChoicesSchema.partial().shape,
      imageId: z.string(),
      imageName: z.string(),
      image: z.enum(['there', 'missing', 'other-content']),
      extraArguments: z.string(),
      secrets: z.array(z.string()),
    }),
    readOnly: false,
  },
  /** The profile as the one file that it is. */
  'profiles.export': {
    arg: z.object({ profileId: z.string().max(100) }),
    value: z.object({ fileName: z.string(), text: z.string() }),
    readOnly: false,
  },
  'profiles.import': {
    arg: z.object({ fileName: z.string().max(255), text: z.string().max(2_000_000) }),
    value: z.object({ profileId: z.string() }),
    readOnly: false,
  },

  'session.stop': { arg: nothing, value: nothing, readOnly: false },
  'session.resume': {
    arg: z.object({ sessionId: z.string() }),
    value: z.object({ sessionId: z.string() }),
    readOnly: false,
  },
  /** Forgets that a session was cut off. */
  'session.dismiss': { arg: z.object({ sessionId: z.string() }), value: nothing, readOnly: false },
  'sessions.remove': { arg: z.object({ sessionId: z.string() }), value: nothing, readOnly: false },

  'clients.approve': { arg: clientIds, value: nothing, readOnly: false },
  'clients.refuse': { arg: clientIds, value: nothing, readOnly: false },
  /** Reserves an address for a machine; an empty one gives it one of the pool. */
  'clients.reserve': {
    arg: z.object({ clientId, address: z.string().max(32) }),
    value: nothing,
    readOnly: false,
  },
  /** Wakes machines up over the interface of the session. */
  'clients.wake': { arg: clientIds, value: nothing, readOnly: false },
  'clients.rename': {
    arg: z.object({ clientId, name: z.string().max(100) }),
    value: nothing,
    readOnly: false,
  },
  'clients.timeline': {
    arg: z.object({ clientId }),
    value: z.object({ entries: z.array(timelineEntrySchema) }),
    readOnly: true,
  },

  /** What is in a list of machines, without taking it: a file's bytes as base64. */
  'machines.read': {
    arg: z.object({ name: z.string().min(1).max(255), base64: z.base64().max(3_000_000) }),
    value: machineListSchema,
    readOnly: false,
  },
  /** Takes machines in place of those that are known, or beside them. */
  'machines.take': {
    arg: z.object({ machines: z.array(listedMachineSchema).max(mostListedMachines), how: z.enum(['replace', 'add']) }),
    value: nothing,
    readOnly: false,
  },
  /** Wakes all of them up over the interface of the session. */
  'machines.wake': { arg: nothing, value: nothing, readOnly: false },
  /** All that is known, as CSV. */
  'machines.export': { arg: nothing, value: z.object({ csv: z.string() }), readOnly: false },

  'rehearsal.start': {
    arg: z.object({ clients: z.int().min(1).max(500), imageId: z.string().max(200).optional() }),
    value: z.object({ sessionId: z.string() }),
    readOnly: false,
  },

  'settings.change': { arg: settingsSchema.partial(), value: nothing, readOnly: false },
  'sharing.start': { arg: nothing, value: nothing, readOnly: false },
  'sharing.stop': { arg: nothing, value: nothing, readOnly: false },
} as const;

export type CallName = keyof typeof calls;
export type CallArg<Name extends CallName> = z.input<(typeof calls)[Name]['arg']>;
export type CallValue<Name extends CallName> = z.output<(typeof calls)[Name]['value']>;
