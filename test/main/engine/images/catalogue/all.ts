import { archisoCases, misoCases } from './arch.ts';
import type { CatalogueCase } from './case.ts';
import { casperCases } from './casper.ts';
import { debianCases } from './debian.ts';
import { applicationCases, bsdCases, mediaOnlyCases, memdiskCases, sourceCases } from './discs.ts';
import { esxiCases, xenCases } from './hypervisors.ts';
import { injectionCases } from './injection.ts';
import { liveBootCases } from './live-boot.ts';
import { anacondaCases, coreosCases, dracutCases } from './red-hat.ts';
import { alpineCases, initramfsOsCases } from './small-systems.ts';
import { linuxrcCases, selfInstallCases } from './suse.ts';
import { windowsCases } from './windows.ts';

/** Every image of the catalogue, by family. */
export const catalogue: Readonly<Record<string, readonly CatalogueCase[]>> = {
  casper: casperCases,
  'live-boot': liveBootCases,
  anaconda: anacondaCases,
  coreos: coreosCases,
  'dracut live': dracutCases,
  linuxrc: linuxrcCases,
  'kiwi self-install': selfInstallCases,
  archiso: archisoCases,
  miso: misoCases,
  'debian-installer': debianCases,
  alpine: alpineCases,
  'initial RAM disks that are the system': initramfsOsCases,
  'systems inside initial RAM disks': injectionCases,
  windows: windowsCases,
  xen: xenCases,
  esxi: esxiCases,
  bsd: bsdCases,
  memdisk: memdiskCases,
  applications: applicationCases,
  'HTTP sources': sourceCases,
  'discs only': mediaOnlyCases,
};
