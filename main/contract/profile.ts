import { z } from 'zod';
import { answerSchema, variableNameSchema, variableValuesSchema } from './answer.ts';
import { afterBootSchema, approvalPolicySchema } from './session.ts';

/**
 * A profile: everything about a job but the bench it is done on, as one file that goes from one laptop to another. It holds the answer file
 * itself, and no secret: those are asked for.
 */
export const profileSchema = z.strictObject({
  fieldboot: z.literal('profile'),
  version: z.literal(1),
  name: z.string().trim().min(1).max(100),
  /** Told by its content, wherever the file lies. */
  image: z.strictObject({
    id: z.string().min(1).max(200),
    name: z.string().max(200),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  entryId: z.string().max(200).optional(),
  commandLine: z.string().max(4000).optional(),
  extraArguments: z.string().max(2000).optional(),
  answer: z.strictObject({ ...answerSchema.shape, variables: variableValuesSchema.default({}) }).optional(),
  /** Names of the secrets that a person is asked for. */
  secrets: z.array(variableNameSchema).max(100).default([]),
  approval: approvalPolicySchema.optional(),
  afterBoot: afterBootSchema.optional(),
});
export type Profile = z.infer<typeof profileSchema>;

/** What a profile says of a session, as a screen gives it: the answer file is the one of the library. */
export const profileChoicesSchema = z.object({
  imageId: z.string().max(200),
  entryId: z.string().max(200),
  commandLine: z.string().max(4000).optional(),
  extraArguments: z.string().max(2000).default(''),
  answer: z.object({ answerId: z.string().max(100), variables: variableValuesSchema.default({}) }).optional(),
  approval: approvalPolicySchema,
  afterBoot: afterBootSchema,
});
export type ProfileChoices = z.infer<typeof profileChoicesSchema>;

/** A profile as it is listed. */
export const storedProfileSchema = z.object({
  id: z.string(),
  name: z.string(),
  changedAtMs: z.number(),
  image: profileSchema.shape.image,
  entryId: z.string().optional(),
  answerName: z.string().optional(),
  secrets: z.array(z.string()),
});
export type StoredProfile = z.infer<typeof storedProfileSchema>;
