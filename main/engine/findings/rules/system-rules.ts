import { finding } from '../../../contract/finding.ts';
import { diagnosis, type MachineRule } from '../diagnosis.ts';
import { bootFilesDoneAtMs, systemSpokeAtMs } from '../patience.ts';

/** What can be wrong after the menu. */

const MANY_INSTALLATIONS = 3;

export const misfit: MachineRule = ({ facts }) => {
  const [first] = facts.misfits;
  return first === undefined
    ? undefined
    : diagnosis(first, { atMs: facts.lastHeardMs, text: 'As its loader and firmware say.' });
};

export const waits: MachineRule = ({ facts }) => {
  const { waitingCode, lastHeardMs } = facts;
  if (waitingCode === undefined) return undefined;
  return diagnosis(finding('F_WAITS', { code: waitingCode }), { atMs: lastHeardMs, text: `It shows ${waitingCode}.` });
};

export const initrdNotFetched: MachineRule = ({ facts, nowMs, patience }) => {
  const { planned, transfers, lastHeardMs } = facts;
  if (planned === undefined || bootFilesDoneAtMs(facts) !== undefined) return undefined;
  const has = (path: string): boolean =>
    transfers.some((transfer) => transfer.path === path && transfer.end?.outcome === 'complete');
  const isUnderWay = transfers.some(({ end, path }) => end === undefined && planned.bootFiles.includes(path));
  const [kernel, ...initrds] = planned.bootFiles;
  const lacking = initrds.find((path) => !has(path));
  if (kernel === undefined || lacking === undefined || !has(kernel) || isUnderWay) return undefined;
  if (nowMs - lastHeardMs < patience.nextFileMs) return undefined;
  const initrd = lacking.split('/').at(-1) ?? lacking;
  return diagnosis(finding('F_INITRD_NOT_FETCHED', { initrd }), {
    atMs: lastHeardMs,
    text: `It has the kernel, and did not ask for ${lacking}.`,
  });
};

export const kernelSilent: MachineRule = ({ facts, nowMs, patience }) => {
  const doneAtMs = bootFilesDoneAtMs(facts);
  // What fetches nothing more may well run without a word: a memory test does.
  if (doneAtMs === undefined || facts.planned?.fetchesSystemFiles !== true || systemSpokeAtMs(facts) !== undefined)
    return undefined;
  if (nowMs - Math.max(doneAtMs, facts.lastHeardMs) < patience.systemMs) return undefined;
  return diagnosis(finding('F_KERNEL_SILENT', {}), {
    atMs: doneAtMs,
    text: 'It has all boot files, and its system asked for nothing.',
  });
};

export const reinstallLoop: MachineRule = ({ facts }) => {
  const { timesPlanned, planned } = facts;
  if (planned?.destructive !== true || timesPlanned < MANY_INSTALLATIONS) return undefined;
  return diagnosis(finding('F_REINSTALL_LOOP', { times: timesPlanned }), {
    atMs: planned.atMs,
    text: `It was given ${planned.entryTitle} again.`,
  });
};
