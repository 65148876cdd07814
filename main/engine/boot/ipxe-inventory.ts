/**
 * What iPXE knows of its machine beyond who it is: memory, processor, network chip. Its settings read any field of SMBIOS
 * (`smbios/<instance>.<type>.<offset>.<length>`); what a machine or a build lacks is empty. Pure.
 */

const MOST_MODULES = 8;

/** SMBIOS type 17 (DSP0134 section 7.18), one for each memory socket: size at 0x0c, extended size at 0x1c. */
const ofEachModule = (offset: number, length: number): string =>
  Array.from({ length: MOST_MODULES }, (_, module) => `\${smbios/${module}.17.${offset}.${length}:hex}`).join(',');

/** Settings of iPXE as parts of a query. The processor has two sources: CPUID where the build has it, else SMBIOS type 4. */
export const ipxeInventoryFacts: readonly string[] = [
  `memory=${ofEachModule(0x0c, 2)}`,
  `large=${ofEachModule(0x1c, 4)}`,
  'cpumodel=${cpumodel:uristring}',
  'processor=${smbios/4.16.0:uristring}',
  'chip=${netX/chip:uristring}',
];

const EXTENDED_SIZE = 0x7fff;
const UNKNOWN_SIZE = 0xffff;
const IN_KIB = 0x8000;
/** No machine of a bench has more: a larger sum is nonsense from the network. */
const MOST_MEMORY_MIB = 64 * 1024 * 1024;

/** MiB of all modules together; undefined where none tells. Both arguments are lists of bytes as iPXE prints them. */
export function memoryOfModules(sizes: string, extendedSizes: string): number | undefined {
  const extended = extendedSizes.split(',').slice(0, MOST_MODULES).map(littleEndian);
  let total = 0;
  for (const [module, text] of sizes.split(',').slice(0, MOST_MODULES).entries()) {
    const size = littleEndian(text) ?? UNKNOWN_SIZE;
    if (size === UNKNOWN_SIZE) continue;
    if (size === EXTENDED_SIZE) total += (extended[module] ?? 0) & 0x7fffffff;
    else total += (size & IN_KIB) === 0 ? size : Math.floor((size & ~IN_KIB) / 1024);
  }
  return total > 0 && total <= MOST_MEMORY_MIB ? total : undefined;
}

/** "00:20" as 0x2000. */
function littleEndian(text: string): number | undefined {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){1,3}$/i.test(text)) return undefined;
  return Number.parseInt(text.split(':').toReversed().join(''), 16);
}
