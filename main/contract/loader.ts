import { z } from 'zod';

/** Boot loaders, and what was found out about them on a machine. */

/** What runs on a machine after its firmware: decides the scripts that it reads and what it can start. */
export const loaderProgramSchema = z.enum(['ipxe', 'grub', 'pxelinux']);
export type LoaderProgram = z.infer<typeof loaderProgramSchema>;

/**
 * Why a loader is given up on a machine.
 * - `refused`: the firmware fetched it and went on at once, as with Secure Boot on
 * - `silent`: it was fetched and not heard of until the next power-on
 * - `looped`: it was heard, and in several boots never asked what to boot
 */
export const rungFailureSchema = z.enum(['refused', 'silent', 'looped']);
export type RungFailure = z.infer<typeof rungFailureSchema>;

/** Why a machine is offered a loader: one that worked on it or its model, the usual one, or because another failed. */
export const rungReasonSchema = z.enum(['first', 'worked-before', 'worked-for-model', ...rungFailureSchema.options]);
export type RungReason = z.infer<typeof rungReasonSchema>;
