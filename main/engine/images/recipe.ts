import { z } from 'zod';
import { answerFormatSchema } from '../../contract/answer.ts';
import { firmwareSchema } from '../../contract/firmware.ts';
import { bootMethodSchema, confidenceSchema, WHOLE_IMAGE } from '../../contract/image.ts';

/**
 * What a recipe file may say. One file is one family: images that boot the same way (the mechanism, told by the layout), with the
 * identities that are known in it (name and version, told by label and text files). Identity may override how the family boots.
 *
 * Path patterns: see path-pattern.ts. Regular expressions run with the flags `im`, on at most 64 KiB of a file; of a WIM, on what it says of
 * its editions (wim-text.ts). Command lines may hold the placeholders of `bootVariantSchema`, and of a file found by `find` its path
 * `{file.NAME}`, its folder `{folder.NAME}` and the first folder of its path `{root.NAME}`.
 */

const regexSchema = z.string().refine((text) => {
  try {
    return new RegExp(text, 'im') instanceof RegExp;
  } catch {
    return false;
  }
}, 'not a regular expression');

const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
const pathPatternSchema = z
  .string()
  .min(1)
  .refine((text) => !text.startsWith('/'), 'paths are relative to the root of the image');
/** A path pattern, or the whole image. */
const sourcePatternSchema = z.union([z.literal(WHOLE_IMAGE), pathPatternSchema]);
/** `*` stands for anything, as in `findiso=*`. */
const wordPatternSchema = z.string().regex(/^\S+$/);

const textTestSchema = z.strictObject({ file: pathPatternSchema, regex: regexSchema });

/** True where all that is given holds. */
const layoutSchema = z.strictObject({
  /** Each must exist. */
  all: z.array(pathPatternSchema).default([]),
  /** At least one must exist. */
  any: z.array(pathPatternSchema).default([]),
  /** None may exist. */
  none: z.array(pathPatternSchema).default([]),
  /** At least one word of this kind stands in a command line of the image's own boot menu. */
  bootWords: z.array(wordPatternSchema).default([]),
  /** No word of this kind stands there. */
  noBootWords: z.array(wordPatternSchema).default([]),
  text: textTestSchema.optional(),
  label: regexSchema.optional(),
  /** Whether an initial RAM disk has a path that fits; `unknown` where it cannot be unpacked here. */
  initrd: z
    .strictObject({ file: pathPatternSchema, regex: regexSchema, answer: z.enum(['holds', 'lacks', 'unknown']) })
    .optional(),
});
export type Layout = z.infer<typeof layoutSchema>;

/** Where a fact stands: the first group of the expression is it. */
const sourceSchema = z.union([
  z.strictObject({ label: regexSchema }),
  z.strictObject({ file: pathPatternSchema, regex: regexSchema }),
]);
export type FactSource = z.infer<typeof sourceSchema>;

/** Files of the image that go into the initial RAM disk. A target that ends in `/` is a folder, and takes every file that fits. */
const injectionSchema = z.strictObject({ from: sourcePatternSchema, to: z.string().regex(/^\//) });
export type Injection = z.infer<typeof injectionSchema>;

/** What becomes of entries of the image's own menu. The first rule that fits an entry decides; without one it is left out. */
const menuRuleSchema = z.strictObject({
  when: layoutSchema.optional(),
  kernel: pathPatternSchema.optional(),
  title: regexSchema.optional(),
  /** At least one of these words stands in its command line. */
  words: z.array(wordPatternSchema).default([]),
  leaveOut: z.boolean().default(false),
  /** Words that only make sense on a CD or stick. */
  drop: z.array(wordPatternSchema).default([]),
  /** Words that the network needs; they go before `---`, behind which stands what the installed system gets. */
  add: z.string().default(''),
  injected: z.array(injectionSchema).default([]),
  destructive: z.boolean(),
  /** An entry with one of these words is harmless although the rule says destructive. */
  harmlessWords: z.array(wordPatternSchema).default([]),
  /** An entry whose title fits is harmless although the rule says destructive. */
  harmlessTitle: regexSchema.optional(),
});
export type MenuRule = z.infer<typeof menuRuleSchema>;

const ownVariantSchema = z.strictObject({
  /** Left out: what the kernel itself says that it can. */
  firmware: z.array(firmwareSchema).min(1).optional(),
  method: bootMethodSchema.default('linux'),
  kernel: sourcePatternSchema,
  initrds: z.array(pathPatternSchema).default([]),
  /** Those that are there come before the others. */
  optionalInitrds: z.array(pathPatternSchema).default([]),
  commandLine: z.string().default(''),
  hypervisor: z.strictObject({ path: pathPatternSchema, commandLine: z.string() }).optional(),
  injected: z.array(injectionSchema).default([]),
});
export type OwnVariant = z.infer<typeof ownVariantSchema>;

/** An entry that the recipe knows itself. A variant whose files are missing is left out. */
const ownEntrySchema = z.strictObject({
  id: idSchema,
  title: z.string().min(1),
  when: layoutSchema.optional(),
  destructive: z.boolean(),
  variants: z.array(ownVariantSchema).min(1),
});
export type OwnEntry = z.infer<typeof ownEntrySchema>;

/** A text file of the image as it has to be for the network: every match replaced, lines added at the end. */
const rewriteSchema = z.strictObject({
  file: pathPatternSchema,
  replace: z.array(z.strictObject({ regex: regexSchema, by: z.string() })),
  append: z.array(z.string()).default([]),
});
export type Rewrite = z.infer<typeof rewriteSchema>;

const bootShape = {
  /** Why it cannot be booted over a network by this station: one sentence. Without it, it can. */
  cannot: z.string().min(1),
  /** Files to look for; the first hit of each pattern is `{file.NAME}`. A rule or entry whose command line names a missing one is left out. */
  find: z.record(z.string().regex(/^[a-z]+$/), pathPatternSchema),
  menu: z.array(menuRuleSchema),
  entries: z.array(ownEntrySchema),
  /** `always`, or only where the image's own menu gives no entry. */
  ownEntries: z.enum(['always', 'without-menu']),
  memory: z.strictObject({
    minimumMiB: z.int().positive(),
    /** Files of `find` that end up in the memory of the machine, and how often. */
    files: z.array(z.string()).default([]),
    times: z.number().positive().default(1),
    /** How often the whole image ends up there. */
    wholeImage: z.number().nonnegative().default(0),
  }),
  /** How the system is told of an answer file of the station: `{name}` is the file's name, served as `{http}/answer/{name}`. */
  answerFile: z.strictObject({ commandLine: z.string().min(1), format: answerFormatSchema }),
  rewrites: z.array(rewriteSchema),
  warnings: z.array(z.strictObject({ when: layoutSchema.optional(), text: z.string().min(1) })),
  confidence: confidenceSchema.shape.boot,
};

const identitySchema = z.strictObject({
  id: idSchema,
  /** May hold `{version}`. */
  name: z.string().min(1),
  layout: layoutSchema.optional(),
  /** Either of the two tells that it is this one; with neither, the layout does. */
  label: regexSchema.optional(),
  text: textTestSchema.optional(),
  version: z.array(sourceSchema).default([]),
  ...z.object(bootShape).partial().shape,
});
export type Identity = z.infer<typeof identitySchema>;

export const familySchema = z.strictObject({
  /** Names the file. */
  family: idSchema,
  mechanism: idSchema,
  /** Lower wins among matches of the same strength. */
  priority: z.int().nonnegative(),
  /** One of these must hold. */
  layouts: z.array(layoutSchema).min(1),
  identities: z.array(identitySchema).default([]),
  /** What the image is called where no identity fits; without it the family then declines. */
  otherwise: z
    .strictObject({ id: idSchema, name: z.string().min(1), nameFrom: z.array(sourceSchema).default([]) })
    .optional(),
  version: z.array(sourceSchema).default([]),
  ...bootShape,
  find: bootShape.find.default({}),
  menu: bootShape.menu.default([]),
  entries: bootShape.entries.default([]),
  ownEntries: bootShape.ownEntries.default('without-menu'),
  memory: bootShape.memory.optional(),
  cannot: bootShape.cannot.optional(),
  answerFile: bootShape.answerFile.optional(),
  rewrites: bootShape.rewrites.default([]),
  warnings: bootShape.warnings.default([]),
  /** Where the knowledge comes from. */
  sources: z.array(z.string().min(1)).min(1),
});
export type Family = z.infer<typeof familySchema>;

/** How an image boots, after its identity has overridden what it knows better. */
export type BootRecipe = Pick<
  Family,
  | 'find'
  | 'menu'
  | 'entries'
  | 'ownEntries'
  | 'memory'
  | 'cannot'
  | 'answerFile'
  | 'rewrites'
  | 'warnings'
  | 'confidence'
>;
