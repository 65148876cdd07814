import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { firmwareSchema } from '../../contract/firmware.ts';
import { installedFile } from '../installed-files.ts';

/** `assets/loaders.json`: which loaders there are, where each comes from and what its bytes must be. */

const fileNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/);

const pinnedFileSchema = z.strictObject({
  /** Name it is served by: what firmware and loaders ask for. */
  file: fileNameSchema,
  pathInPackage: z.string().regex(/^(?!.*\.\.)[^/].*$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().positive(),
  firmware: z.array(firmwareSchema).min(1),
  /** The station does not start without it. */
  required: z.boolean().default(false),
});

const packageSchema = z.strictObject({
  package: z.string().min(1),
  version: z.string().min(1),
  /** Debian release that holds this version. */
  suite: z.string().min(1),
  /** Debian's name of the machines that the package is for; set-up takes amd64's where there is none. */
  architecture: z.enum(['amd64', 'arm64']).optional(),
  /** SPDX expression. */
  licence: z.string().min(1),
  /** Debian source package of the same version, as `apt-get source` takes it. */
  sourcePackage: z.string().min(1),
  upstream: z.url(),
  files: z.array(pinnedFileSchema).min(1),
});

/** A loader that is no part of the station: a person puts it beside the others, as one of the releases of its makers. */
const suppliedLoaderSchema = z.strictObject({
  file: fileNameSchema,
  licence: z.string().min(1),
  upstream: z.url(),
  releases: z.array(z.strictObject({ version: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).min(1),
});
export type SuppliedLoader = z.infer<typeof suppliedLoaderSchema>;

export const loaderManifestSchema = z
  .strictObject({ packages: z.array(packageSchema).min(1), supplied: z.array(suppliedLoaderSchema).default([]) })
  .refine(({ packages }) => {
    const names = packages.flatMap(({ files }) => files.map(({ file }) => file));
    return new Set(names).size === names.length;
  }, 'two loaders have the same name');

export type LoaderManifest = z.infer<typeof loaderManifestSchema>;
export type PinnedFile = z.infer<typeof pinnedFileSchema>;

/** The manifest that belongs to this station. */
export async function readLoaderManifest(): Promise<LoaderManifest> {
  return loaderManifestSchema.parse(JSON.parse(await readFile(installedFile('assets/loaders.json'), 'utf8')));
}
