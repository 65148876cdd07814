import { StationError } from '../../contract/errors.ts';
import type { NetworkInterface } from '../../contract/network.ts';
import type { PreflightCheck, ProbeResult, ServingMode } from '../../contract/session.ts';
import { modeByLook } from '../net/mode-by-look.ts';
import { failed, passed, warning } from './check-results.ts';
import type { Finding, PreflightDraft } from './facts.ts';

/** Who hands out the addresses, by the draft and by who else answers on the wire. Pure. */

/** As it will be decided when the session starts; undefined where it would not start. */
export function plannedMode({ mode = 'auto' }: PreflightDraft, probe: Finding<ProbeResult>): ServingMode | undefined {
  if (mode !== 'auto') return mode;
  if (!probe.ok || probe.value.proposedMode === 'none') return undefined;
  return probe.value.proposedMode;
}

export function foreignDhcpCheck(
  draft: PreflightDraft,
  networkInterface: NetworkInterface,
  probe: Finding<ProbeResult>,
): PreflightCheck {
  const { name, link } = networkInterface;
  if (link === 'down') return warning('foreign-dhcp', 'It cannot be asked for without a link.');
  // In so many words: to hand out addresses beside another server.
  const isMeant = draft.override === true && draft.mode === 'dhcp';
  if (!probe.ok) {
    const { title, advice } = probe.error;
    const detail = `It cannot be told whether another DHCP server answers: ${title}`;
    return (isMeant || draft.mode === 'proxy' ? warning : failed)('foreign-dhcp', detail, { advice, fix: 'retry' });
  }
  const { servers, reason, proposedMode } = probe.value;
  if (draft.mode === 'proxy') return proxyCheck(name, probe.value);
  const [first] = servers;
  const isAuto = draft.mode === undefined || draft.mode === 'auto';
  if (first === undefined || (isAuto && proposedMode === 'proxy')) return passed('foreign-dhcp', reason);
  const decision = isAuto ? modeByLook(probe.value, networkInterface, true) : undefined;
  const { advice } =
    decision instanceof StationError ? decision : new StationError('E_FOREIGN_DHCP', { name, ...first });
  return (isMeant ? warning : failed)('foreign-dhcp', reason, { advice, fix: 'retry' });
}

/** Nothing there keeps a proxy from starting, and it may be switched on later. */
function proxyCheck(name: string, { servers, reason, proposedMode }: ProbeResult): PreflightCheck {
  if (servers.some(({ kind }) => kind === 'dhcp')) {
    return proposedMode === 'proxy'
      ? passed('foreign-dhcp', reason)
      : warning('foreign-dhcp', reason, { fix: 'retry' });
  }
  const { title, advice } = new StationError('E_NO_DHCP_SERVER', { name });
  return warning('foreign-dhcp', title, { advice, fix: 'retry' });
}
