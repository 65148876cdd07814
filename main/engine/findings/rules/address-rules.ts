import { finding } from '../../../contract/finding.ts';
import { diagnosis, type MachineRule } from '../diagnosis.ts';

/** What can be wrong before a machine fetches anything. */

export const addressInUse: MachineRule = ({ facts }) => {
  const { declined } = facts;
  if (declined === undefined) return undefined;
  const text = `It declined ${declined.address}.`;
  return diagnosis(finding('F_ADDRESS_IN_USE', { address: declined.address }), { atMs: declined.atMs, text });
};

/** Beside another server its address is that server's: there it is no fault. */
export const tookOtherServer: MachineRule = ({ facts, bench }) => {
  const { otherServer } = facts;
  if (otherServer === undefined || bench.mode === 'proxy') return undefined;
  const text = `It asked ${otherServer.address} for the address that it was offered there.`;
  return diagnosis(finding('F_TOOK_OTHER_SERVER', { server: otherServer.address }), { atMs: otherServer.atMs, text });
};

export const proxyIgnored: MachineRule = ({ facts, bench, nowMs, patience }) => {
  const { otherServer, offers, transfers, acknowledgedAtMs } = facts;
  if (bench.mode !== 'proxy' || otherServer === undefined || offers === 0) return undefined;
  const isQuiet = transfers.length === 0 && acknowledgedAtMs === undefined;
  if (!isQuiet || nowMs - otherServer.atMs < patience.loaderFetchMs) return undefined;
  const text = `It took an address from ${otherServer.address}, and fetched nothing.`;
  return diagnosis(finding('F_PROXY_IGNORED', {}), { atMs: otherServer.atMs, text });
};

export const noRequest: MachineRule = ({ facts, bench, nowMs, patience }) => {
  const { offers, firstOfferAtMs, acknowledgedAtMs, otherServer, transfers } = facts;
  if (offers < 2 || firstOfferAtMs === undefined || bench.mode === 'proxy') return undefined;
  const isAnswered = acknowledgedAtMs !== undefined || otherServer !== undefined || transfers.length > 0;
  if (isAnswered || nowMs - firstOfferAtMs < patience.requestMs) return undefined;
  const text = `It was offered an address ${offers} times and asked for none of them.`;
  return diagnosis(finding('F_NO_REQUEST', { offers }), { atMs: firstOfferAtMs, text });
};

export const loaderNotFetched: MachineRule = ({ facts, nowMs, patience }) => {
  const { acknowledgedAtMs, bootFile, transfers, missing, loaderRanAtMs } = facts;
  if (acknowledgedAtMs === undefined || bootFile === undefined || loaderRanAtMs !== undefined) return undefined;
  if (transfers.length > 0 || missing.length > 0) return undefined;
  if (nowMs - acknowledgedAtMs < patience.loaderFetchMs) return undefined;
  const text = `It has its address, was told of ${bootFile}, and asked for nothing.`;
  return diagnosis(finding('F_LOADER_NOT_FETCHED', { bootFile }), { atMs: acknowledgedAtMs, text });
};

export const neverBoots: MachineRule = ({ facts }) => {
  const { boots, systemRequests, lastSystemRequestMs } = facts;
  if (boots > 0 || systemRequests < 2 || lastSystemRequestMs === undefined) return undefined;
  const text = `An operating system asked for an address ${systemRequests} times; firmware never did.`;
  return diagnosis(finding('F_NEVER_BOOTS', { renewals: systemRequests }), { atMs: lastSystemRequestMs, text });
};
