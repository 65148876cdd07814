import { z } from 'zod';

/** Answer files: texts that answer an installer's questions, with placeholders that are filled in for each machine. */

export const answerFormatSchema = z.enum([
  'preseed',
  'kickstart',
  'cloud-init',
  'autoyast',
  'archinstall',
  'alpine',
  'autounattend',
  'plain',
]);
export type AnswerFormat = z.infer<typeof answerFormatSchema>;

/** Names that the reader of a format asks for, the main one first; the others take one file of any name. */
export const answerFolders: Readonly<Partial<Record<AnswerFormat, readonly string[]>>> = {
  'cloud-init': ['user-data', 'meta-data', 'vendor-data', 'network-config'],
  archinstall: ['user_configuration.json', 'user_credentials.json', 'archinstall.sh'],
};

export const mostAnswerFiles = 8;
export const longestAnswerFile = 1_000_000;

/** A name that fits in a URL and on a kernel's command line, and that is no folder. */
export const answerFileNameSchema = z.string().regex(/^(?!\.+$)[\w.-]{1,64}$/);

export const answerTextSchema = z.object({ name: answerFileNameSchema, text: z.string().max(longestAnswerFile) });
export type AnswerText = z.infer<typeof answerTextSchema>;

/** One answer: a single file, or the few that belong together (cloud-init's user-data and meta-data). */
export const answerSchema = z.object({
  name: z.string().trim().min(1).max(100),
  format: answerFormatSchema,
  files: z.array(answerTextSchema).min(1).max(mostAnswerFiles),
});
export type Answer = z.infer<typeof answerSchema>;

export const variableNameSchema = z.string().regex(/^[a-z][\w-]{0,62}(\.[\w-]{1,62})?$/i);

/** Names with their values, as a person gives them. */
export const variableValuesSchema = z.record(variableNameSchema, z.string().max(4000));
export type VariableValues = z.infer<typeof variableValuesSchema>;

/** Something wrong, or unwise, at a place of a file. Lines and columns begin at 1. */
export const answerProblemSchema = z.object({
  file: z.string(),
  line: z.int().positive(),
  column: z.int().positive(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
});
export type AnswerProblem = z.infer<typeof answerProblemSchema>;

/**
 * A variable that the files use. `machine`: the station knows it of every machine; `list`: a column of the list of machines; `given`: a
 * person says it for the session; `secret`: likewise, and it is shown nowhere.
 */
export const usedVariableSchema = z.object({
  name: z.string(),
  source: z.enum(['machine', 'list', 'given', 'secret']),
  /** What it was for the machine that was asked about; never of a secret. */
  value: z.string().optional(),
});
export type UsedVariable = z.infer<typeof usedVariableSchema>;

/** For which machine to fill in: one of the session, one of the list by its line, or a made-up one. */
export const previewMachineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('example') }),
  z.object({ kind: z.literal('client'), mac: z.string().max(32) }),
  z.object({ kind: z.literal('listed'), line: z.int().positive() }),
]);
export type PreviewMachine = z.infer<typeof previewMachineSchema>;

/** How an answer looks for one machine. `files` is empty where an error stands in the way; secrets are dots. */
export const answerPreviewSchema = z.object({
  files: z.array(answerTextSchema.extend({ text: z.string() })),
  problems: z.array(answerProblemSchema),
  variables: z.array(usedVariableSchema),
});
export type AnswerPreview = z.infer<typeof answerPreviewSchema>;

/** An answer of the library as it is listed; its text is fetched when it is opened. */
export const storedAnswerSchema = z.object({
  id: z.string(),
  name: z.string(),
  format: answerFormatSchema,
  /** Counts from 1; an earlier one can still be read. */
  revision: z.int().positive(),
  sha256: z.string(),
  changedAtMs: z.number(),
  files: z.array(z.object({ name: z.string(), sizeBytes: z.int() })),
  /** The one that the kernel's command line names. */
  mainFile: z.string(),
  /** Names of variables that a person or a list has to give, and of secrets. */
  variables: z.array(z.string()),
  secrets: z.array(z.string()),
});
export type StoredAnswer = z.infer<typeof storedAnswerSchema>;

export const answerRevisionSchema = z.object({ revision: z.int().positive(), sha256: z.string(), atMs: z.number() });
export type AnswerRevision = z.infer<typeof answerRevisionSchema>;
