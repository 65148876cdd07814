import { z } from 'zod';
import { answerFormatSchema } from './answer.ts';
import { firmwareSchema } from './firmware.ts';

/**
 * How the boot loader starts what an entry names.
 * - `linux`: kernel, initial RAM disks, command line
 * - `efi`: an EFI application and its command line
 * - `wimboot`: a Windows image (`kernel`) with what Windows' loader reads beside it (`initrds`), by the loader `wimboot`
 * - `memdisk`: a disk image (`kernel`) that is copied into memory and started as a drive, by the loader `memdisk`; BIOS only
 * - `multiboot`: a hypervisor, with `kernel` and `initrds` as its modules
 * - `sanboot`: a disc (`kernel`) whose sectors are read over the network while firmware runs; lost once a system has drivers of its own
 */
export const bootMethodSchema = z.enum(['linux', 'efi', 'wimboot', 'memdisk', 'multiboot', 'sanboot']);

/** Stands for the whole image where the path of a file in it is expected, as `{http}/{iso}.iso` does in a command line. */
export const WHOLE_IMAGE = '{iso}.iso';

/**
 * One way to start an entry on some firmware. Paths are inside the image, `/`-separated, without a leading slash; the kernel of `memdisk`
 * and `sanboot`, and what is injected, may be the whole image (`WHOLE_IMAGE`). `commandLine` may hold placeholders: `{http}` base URL of the station, `{iso}` the image's folder below it (`{http}/{iso}/…` is a
 * file inside the ISO, `{http}/{iso}.iso` the whole image), `{ip}`, `{port}`, `{mac}`, `{mac-}`.
 */
export const bootVariantSchema = z.object({
  firmware: z.array(firmwareSchema).min(1),
  method: bootMethodSchema,
  kernel: z.string().min(1),
  initrds: z.array(z.string().min(1)),
  commandLine: z.string(),
  /** What `multiboot` starts first, with a command line of its own. */
  hypervisor: z.object({ path: z.string().min(1), commandLine: z.string() }).optional(),
  /** Files of the image that appear at a path of the initial RAM disk, for systems that look for them there. */
  injected: z.array(z.object({ from: z.string().min(1), to: z.string().regex(/^\/[^/].*$/) })).optional(),
});
export type BootVariant = z.infer<typeof bootVariantSchema>;

/** One bootable choice of an image. */
export const entrySchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: z.string().min(1),
  /** True where starting it can change a disk of the machine without asking there first, or leads straight to an installer. */
  destructive: z.boolean(),
  variants: z.array(bootVariantSchema).min(1),
  /** What a machine fetches of it at least: kernel, initrds, and the files that its command line names. */
  downloadBytes: z.int().nonnegative().optional(),
});
export type Entry = z.infer<typeof entrySchema>;

/** Whether the image can be booted over a network at all; where not, one sentence that says why. */
const netbootSchema = z.discriminatedUnion('possible', [
  z.object({ possible: z.literal(true) }),
  z.object({ possible: z.literal(false), because: z.string().min(1) }),
]);

export const confidenceSchema = z.object({
  /** `named`: the image says what it is; `layout`: its files are those of a family; `menu`: unknown, its own boot menu is offered. */
  identity: z.enum(['named', 'layout', 'menu']),
  /** How sure it is that it boots this way: tried, read in its source or documentation, or concluded from siblings. */
  boot: z.enum(['boot-tested', 'documented', 'inferred']),
});

/** Loaders that are no part of the station: the person has to supply them. */
const suppliedLoaderSchema = z.enum(['wimboot']);

/** Its own shim, and the GRUB which that starts: what a kernel needs that its vendor signed. Paths are inside the image. */
export const ownLoadersSchema = z.object({
  firmware: firmwareSchema,
  shim: z.string().min(1),
  grub: z.string().min(1),
});
export type OwnLoaders = z.infer<typeof ownLoadersSchema>;

export const secureBootSchema = z.enum(['yes', 'no', 'unknown']);

/** What `fieldboot inspect` says about an image. */
export const imageDescriptionSchema = z.object({
  /** Stable for the same content: made from volume label and SHA-256 of the volume descriptors; safe in a URL. */
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  path: z.string(),
  name: z.string(),
  /** Recipe that recognised it; `generic` where the image's own boot menu was read. */
  recipe: z.string(),
  /** How images of its family boot, such as `live-boot` or `anaconda`. */
  mechanism: z.string().optional(),
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
  confidence: confidenceSchema.optional(),
  /** Where it is not possible there are no entries, and a session is refused with the reason. */
  netboot: netbootSchema.optional(),
  firmware: z.array(firmwareSchema),
  secureBoot: secureBootSchema,
  /** Present where it starts with Secure Boot on by these only. */
  ownLoaders: ownLoadersSchema.optional(),
  memoryNeededMiB: z.int().positive().optional(),
  destructive: z.boolean(),
  entries: z.array(entrySchema),
  defaultEntryId: z.string(),
  /** Files that go into the boot tree; everything else stays in the image. */
  extracted: z.array(z.object({ path: z.string(), sizeBytes: z.int().nonnegative() })),
  /** Words that make the system read an answer file of the station; `{name}` is the name of the file. */
  answerFileArguments: z.string().optional(),
  /** What that file is written in; `plain` for formats that the station does not check. */
  answerFileFormat: answerFormatSchema.optional(),
  /** Text files that are served instead of the image's own, with the placeholders of command lines in them. */
  rewrittenFiles: z.array(z.object({ path: z.string().min(1), text: z.string() })).optional(),
  /** Loaders that its entries need and that the person has to supply. */
  suppliedLoaders: z.array(suppliedLoaderSchema).optional(),
  /** Things the person should know before starting. */
  warnings: z.array(z.string()),
});
export type ImageDescription = z.infer<typeof imageDescriptionSchema>;
