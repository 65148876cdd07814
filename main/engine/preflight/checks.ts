import type { PreflightCheck } from '../../contract/session.ts';
import { failedBy } from './check-results.ts';
import type { PreflightDraft, PreflightFacts } from './facts.ts';
import { architectureCheck, diskSpaceCheck, imageCheck, loadersCheck } from './image-checks.ts';
import { machinesCheck } from './machines-check.ts';
import { foreignDhcpCheck, plannedMode } from './mode-checks.ts';
import { addressCheck, fitCheck, linkCheck, poolCheck, portsCheck } from './network-checks.ts';

/** Everything that must, or should, be true before a session starts, by the facts. Pure. */
export function preflightChecks(draft: PreflightDraft, facts: PreflightFacts): PreflightCheck[] {
  return [...networkChecks(draft, facts), loadersCheck(facts.loaders), ...imageChecks(draft, facts)];
}

/** Whether Start may be pressed. */
export const isReady = (checks: readonly PreflightCheck[]): boolean =>
  checks.every(({ state, required }) => state === 'passed' || state === 'warning' || !required);

function networkChecks(draft: PreflightDraft, { networkInterface, probe, ports }: PreflightFacts): PreflightCheck[] {
  // Without the interface nothing else can be told of the network.
  if (!networkInterface.ok) return [failedBy('link', networkInterface.error, 'retry')];
  const { value } = networkInterface;
  const mode = plannedMode(draft, probe);
  return [
    linkCheck(value),
    addressCheck(draft, value),
    fitCheck(draft, value, mode),
    foreignDhcpCheck(draft, value, probe),
    portsCheck(ports),
    poolCheck(draft, value, mode),
  ];
}

function imageChecks(draft: PreflightDraft, facts: PreflightFacts): PreflightCheck[] {
  const { image, checksum, signature, loaders, freeBytes, networkInterface } = facts;
  if (image === undefined) return [];
  if (!image.ok) return [imageCheck(image, { checksum, signature })];
  const { value } = image;
  if (value.netboot?.possible === false) return [imageCheck(image, { checksum, signature })];
  return [
    imageCheck(image, { checksum, signature }),
    architectureCheck(draft, value, loaders),
    ...machinesCheck(draft, value, networkInterface.ok ? networkInterface.value.speedMbps : undefined),
    diskSpaceCheck(value, freeBytes),
  ];
}
