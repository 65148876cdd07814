import type { Diagnosis, MachineRule, MachineView } from './diagnosis.ts';
import { patienceFor } from './patience.ts';
import {
  addressInUse,
  loaderNotFetched,
  neverBoots,
  noRequest,
  proxyIgnored,
  tookOtherServer,
} from './rules/address-rules.ts';
import { ladderExhausted, loaderLoop, loaderRefused, loaderSilent, scriptNotFetched } from './rules/loader-rules.ts';
import { initrdNotFetched, kernelSilent, misfit, reinstallLoop, waits } from './rules/system-rules.ts';
import {
  systemFileMissing,
  systemFilesStopped,
  tftpCrawls,
  tftpStalls,
  transferBroke,
} from './rules/transfer-rules.ts';
import type { BenchFacts, WireFacts } from './wire-facts.ts';

/** In the order in which one explains the other: what is particular before what follows from it. */
const rules: readonly MachineRule[] = [
  ladderExhausted,
  misfit,
  addressInUse,
  tookOtherServer,
  proxyIgnored,
  noRequest,
  loaderRefused,
  loaderLoop,
  tftpStalls,
  tftpCrawls,
  initrdNotFetched,
  transferBroke,
  systemFileMissing,
  systemFilesStopped,
  loaderNotFetched,
  loaderSilent,
  scriptNotFetched,
  kernelSilent,
  reinstallLoop,
  waits,
  neverBoots,
];

/** What is wrong with a machine now; the first says it best. Empty where all is well. */
export function machineFindings(facts: WireFacts, bench: BenchFacts, nowMs: number): Diagnosis[] {
  const view: MachineView = { facts, bench, nowMs, patience: patienceFor(facts, bench) };
  return rules.flatMap((rule) => rule(view) ?? []);
}
