/**
 * Bounds for what an image may ask of the station. Every one is far above what real media need (measured on
 * distribution DVDs: the largest directories have some thousand entries) and low enough that a hostile image costs
 * milliseconds and megabytes, not minutes and gigabytes.
 */
export const limits = {
  /** Volume descriptors read from sector 16 on; real images have three to six. */
  volumeDescriptors: 64,
  directoryBytes: 64 * 1024 * 1024,
  directoryEntries: 200_000,
  /** Rock Ridge continuation areas chained behind one directory record. */
  continuationsPerRecord: 32,
  /** One continuation area. SUSP lets it be larger than a sector, writers keep it below one. */
  continuationAreaBytes: 32 * 1024,
  /** All continuation areas of one directory together, so that 200,000 records cannot each point at a large one. */
  continuationBytesPerDirectory: 64 * 1024 * 1024,
  nameBytes: 1024,
  linkTargetBytes: 4096,
  /** Extents of one file: 4096 of just under 4 GiB make 16 TiB. */
  extentsPerFile: 4096,
  pathDepth: 128,
  pathCharacters: 16_384,
  linkHops: 32,
  bootCatalogueBytes: 16 * 1024,
} as const;
