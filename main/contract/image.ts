import { z } from 'zod';
import { firmwareSchema } from './firmware.ts';

/** How the boot loader starts what an entry names. */
export const bootMethodSchema = z.enum(['linux', 'efi']);

/**
 * One way to start an entry on some firmware. Paths are inside the image, `/`-separated, without a leading slash.
 * `commandLine` may hold placeholders: `{http}` base URL of the station, `{iso}` the image's folder below it (`{http}/{iso}/…` is a
 * file inside the ISO, `{http}/{iso}.iso` the whole image), `{ip}`, `{port}`, `{mac}`, `{mac-}`.
 */
export const bootVariantSchema = z.object({
  firmware: z.array(firmwareSchema).min(1),
  method: bootMethodSchema,
  kernel: z.string().min(1),
  initrds: z.array(z.string().min(1)),
  commandLine: z.string(),
});
export type BootVariant = z.infer<typeof bootVariantSchema>;

/** One bootable choice of an image. */
export const entrySchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: z.string().min(1),
  /** True where starting it can change a disk of the machine without asking there first, or leads straight to an installer. */
  destructive: z.boolean(),
  variants: z.array(bootVariantSchema).min(1),
});
export type Entry = z.infer<typeof entrySchema>;

export const secureBootSchema = z.enum(['yes', 'no', 'unknown']);

/** What `fieldboot inspect` says about an image. */
export const imageDescriptionSchema = z.object({
  /** Stable for the same content: made from volume label and SHA-256 of the volume descriptors; safe in a URL. */
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  path: z.string(),
  name: z.string(),
  /** Recipe that recognised it; `generic` where the image's own boot menu was read. */
  recipe: z.string(),
  version: z.string().optional(),
  architecture: z.string().optional(),
  sizeBytes: z.int().nonnegative(),
  volumeLabel: z.string(),
  fileSystems: z.array(z.enum(['iso9660', 'joliet', 'rock-ridge', 'udf'])),
  /** El Torito platforms found, and whether the image is hybrid (boots from a USB stick too). */
  bootCatalogue: z.array(z.enum(['bios', 'uefi'])),
  hybrid: z.boolean(),
  /** Why we think so: one sentence a fact. */
  evidence: z.array(z.string()),
  firmware: z.array(firmwareSchema),
  secureBoot: secureBootSchema,
  memoryNeededMiB: z.int().positive().optional(),
  destructive: z.boolean(),
  entries: z.array(entrySchema),
  defaultEntryId: z.string(),
  /** Files that go into the boot tree; everything else stays in the image. */
  extracted: z.array(z.object({ path: z.string(), sizeBytes: z.int().nonnegative() })),
  /** Words that make the system read an answer file of the station; `{name}` is the name of the file. */
  answerFileArguments: z.string().optional(),
  /** Things the person should know before starting. */
  warnings: z.array(z.string()),
});
export type ImageDescription = z.infer<typeof imageDescriptionSchema>;
