import { finding } from '../../../contract/finding.ts';
import { diagnosis, type MachineRule } from '../diagnosis.ts';
import { lastTransfer } from '../observe.ts';

/** What can be wrong with a loader that was fetched. */

const MANY_RUNS = 3;

export const ladderExhausted: MachineRule = ({ facts }) => {
  const { triedLoaders, lastHeardMs } = facts;
  if (triedLoaders === undefined) return undefined;
  return diagnosis(finding('F_LADDER_EXHAUSTED', { loaders: triedLoaders }), {
    atMs: lastHeardMs,
    text: `Tried: ${triedLoaders.join(', ')}.`,
  });
};

/** Told until the next loader has asked what to boot. */
export const loaderRefused: MachineRule = ({ facts }) => {
  const { leftLoader, identifiedAtMs, planned } = facts;
  if (leftLoader === undefined || (identifiedAtMs ?? planned?.atMs ?? 0) >= leftLoader.atMs) return undefined;
  const { file: loader, failure, atMs } = leftLoader;
  const text = `It fetched ${loader} whole and asked for another one.`;
  if (failure === 'refused') return diagnosis(finding('F_SECURE_BOOT', { loader }), { atMs, text });
  if (failure === 'silent') return diagnosis(finding('F_LOADER_SILENT', { loader }), { atMs, text });
  return diagnosis(finding('F_LOADER_LOOP', { loader, times: MANY_RUNS }), { atMs, text });
};

export const loaderLoop: MachineRule = ({ facts }) => {
  const { loaderRuns, lastHeardMs } = facts;
  const last = lastTransfer(facts, 'loader');
  if (loaderRuns < MANY_RUNS || last === undefined) return undefined;
  const loader = last.path;
  const text = `It fetched ${loader} ${loaderRuns} times and never asked what to boot.`;
  return diagnosis(finding('F_LOADER_LOOP', { loader, times: loaderRuns }), { atMs: lastHeardMs, text });
};

export const loaderSilent: MachineRule = ({ facts, nowMs, patience }) => {
  const last = lastTransfer(facts, 'loader', 'script', 'kernel', 'initrd', 'system', 'image');
  if (last?.kind !== 'loader' || last.end?.outcome !== 'complete' || facts.loaderRanAtMs !== undefined)
    return undefined;
  if (nowMs - Math.max(last.end.atMs, facts.lastHeardMs) < patience.loaderRunMs) return undefined;
  const text = `It fetched all ${last.sizeBytes} bytes of ${last.path}, and nothing was heard since.`;
  return diagnosis(finding('F_LOADER_SILENT', { loader: last.path }), { atMs: last.end.atMs, text });
};

/** iPXE got its address, and its HTTP request does not come. */
export const scriptNotFetched: MachineRule = ({ facts, nowMs, patience }) => {
  const { loaderRanAtMs, identifiedAtMs, planned, waitingCode } = facts;
  if (
    loaderRanAtMs === undefined ||
    identifiedAtMs !== undefined ||
    planned !== undefined ||
    waitingCode !== undefined
  ) {
    return undefined;
  }
  const fetched = facts.transfers.some(({ kind, startedAtMs }) => kind !== 'loader' && startedAtMs >= loaderRanAtMs);
  if (fetched || nowMs - loaderRanAtMs < patience.scriptMs) return undefined;
  return diagnosis(finding('F_SCRIPT_NOT_FETCHED', {}), {
    atMs: loaderRanAtMs,
    text: 'Its loader asked for an address, and then for nothing.',
  });
};
