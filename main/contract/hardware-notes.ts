import { z } from 'zod';
import { firmwareSchema } from './firmware.ts';

/** What a station remembers of machines and models that it booted; can be handed on to other stations as a file. */

/** How a machine was sent to its own disk: no boot file, a loader that ends, or one that starts the disk itself. */
export const localDiskMethodSchema = z.enum(['no-boot-file', 'loader-exit', 'loader-starts-disk']);
export type LocalDiskMethod = z.infer<typeof localDiskMethodSchema>;

const worked = {
  /** File of the loader that asked what to boot. */
  loader: z
    .string()
    .regex(/^[A-Za-z0-9][\w.+-]*(\/[A-Za-z0-9][\w.+-]*)*$/)
    .max(128)
    .optional(),
  localDisk: localDiskMethodSchema.optional(),
};
const workedMethodSchema = z.object(worked);
export type WorkedMethod = Readonly<z.infer<typeof workedMethodSchema>>;

const name = z.string().min(1).max(128);
const noteFields = { firmware: firmwareSchema, ...worked, atMs: z.number().nonnegative() };

const machineNoteSchema = z.object({
  mac: z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/),
  manufacturer: name.optional(),
  product: name.optional(),
  ...noteFields,
});
export type MachineNote = Readonly<z.infer<typeof machineNoteSchema>>;

const modelNoteSchema = z.object({
  manufacturer: name,
  product: name,
  /** First halves of the MACs that machines of this model had. */
  macPrefixes: z.array(z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){2}$/)).max(16),
  ...noteFields,
});
export type ModelNote = Readonly<z.infer<typeof modelNoteSchema>>;

export const hardwareNotesSchema = z.object({
  format: z.literal('fieldboot-hardware-notes'),
  version: z.literal(1),
  machines: z.array(machineNoteSchema).max(4096),
  models: z.array(modelNoteSchema).max(1024),
});
export type HardwareNotes = Readonly<z.infer<typeof hardwareNotesSchema>>;
