import { finding } from '../../../contract/finding.ts';
import { diagnosis, fileInWords, type MachineRule, type MachineView } from '../diagnosis.ts';
import type { TransferFacts } from '../wire-facts.ts';

/** What can be wrong with a file on its way. */

const TFTP_BLOCK_BYTES = 1408;
/** Loss that a person notices as slowness: less is a cable as cables are. */
const MUCH_LOSS = 0.03;
const CRAWL_BYTES_PER_SECOND = 400 * 1024;
const CRAWL_AFTER_MS = 8_000;

export const tftpStalls: MachineRule = (view) => {
  const stalled = current(view, ({ protocol, sentBytes, retransmits, end, startedAtMs }) => {
    const isOver = end !== undefined && end.outcome !== 'aborted';
    return (
      protocol === 'tftp' &&
      sentBytes === 0 &&
      retransmits >= 2 &&
      !isOver &&
      view.nowMs - startedAtMs >= view.patience.firstBlockMs
    );
  });
  if (stalled === undefined) return undefined;
  const { kind, path, startedAtMs, retransmits } = stalled;
  const text = `Its first block was sent ${retransmits + 1} times and never acknowledged.`;
  return diagnosis(finding('F_TFTP_STALLS', { file: fileInWords(kind, path) }), { atMs: startedAtMs, text });
};

export const tftpCrawls: MachineRule = (view) => {
  const slow = current(view, ({ protocol, end, sentBytes, retransmits, startedAtMs, movedAtMs }) => {
    if (protocol !== 'tftp' || end !== undefined || sentBytes === 0) return false;
    const lasted = movedAtMs - startedAtMs;
    return (
      lasted >= CRAWL_AFTER_MS &&
      sentBytes / (lasted / 1000) < CRAWL_BYTES_PER_SECOND &&
      lossOf(sentBytes, retransmits) >= MUCH_LOSS
    );
  });
  if (slow === undefined) return undefined;
  const { kind, path, sentBytes, retransmits, startedAtMs, movedAtMs } = slow;
  const kibPerSecond = sentBytes / 1024 / ((movedAtMs - startedAtMs) / 1000);
  const lossPercent = lossOf(sentBytes, retransmits) * 100;
  const text = `${retransmits} of its packets had to be sent again.`;
  return diagnosis(finding('F_TFTP_CRAWLS', { file: fileInWords(kind, path), kibPerSecond, lossPercent }), {
    atMs: startedAtMs,
    text,
  });
};

/** A boot file that it gave up, and did not get in another try. */
export const transferBroke: MachineRule = (view) => {
  const broken = current(
    view,
    (transfer) => isBroken(transfer) && ['loader', 'script', 'kernel', 'initrd'].includes(transfer.kind),
  );
  if (broken?.end === undefined) return undefined;
  const { kind, path, sizeBytes, sentBytes, end } = broken;
  const percent = sizeBytes === 0 ? 100 : (sentBytes / sizeBytes) * 100;
  const reason = end.reason;
  const text = `After ${sentBytes} of ${sizeBytes} bytes${reason === undefined ? '' : `: ${reason}`}.`;
  return diagnosis(finding('F_TRANSFER_BROKE', { file: fileInWords(kind, path), percent, reason }), {
    atMs: end.atMs,
    text,
  });
};

export const systemFilesStopped: MachineRule = (view) => {
  const broken = current(
    view,
    (transfer) => isBroken(transfer) && (transfer.kind === 'system' || transfer.kind === 'image'),
  );
  // A system reads ranges and hangs up when it has what it wanted: only silence afterwards is a fault.
  if (broken?.end === undefined || view.nowMs - view.facts.lastHeardMs < view.patience.nextFileMs) return undefined;
  const { kind, path, sizeBytes, sentBytes, end } = broken;
  const percent = sizeBytes === 0 ? 100 : (sentBytes / sizeBytes) * 100;
  const text = `After ${sentBytes} of ${sizeBytes} bytes, and nothing since.`;
  return diagnosis(finding('F_SYSTEM_FILES_STOPPED', { file: fileInWords(kind, path), percent }), {
    atMs: end.atMs,
    text,
  });
};

/** A file of the system that is not there, where the machine does not go on without it. */
export const systemFileMissing: MachineRule = ({ facts, nowMs, patience }) => {
  const { planned, missing, transfers, lastHeardMs } = facts;
  const last = missing.at(-1);
  if (planned === undefined || last === undefined || last.atMs < planned.atMs || last.protocol !== 'http')
    return undefined;
  // Systems also look for files that need not be there: who got any of its system's files goes on without this one.
  const gotOne = transfers.some(
    ({ kind, end }) => (kind === 'system' || kind === 'image') && (end === undefined || end.outcome === 'complete'),
  );
  const wentOn = gotOne || transfers.some(({ startedAtMs }) => startedAtMs > last.atMs);
  if (wentOn || nowMs - lastHeardMs < patience.nextFileMs / 2) return undefined;
  return diagnosis(finding('F_SYSTEM_FILE_MISSING', { path: last.path }), {
    atMs: last.atMs,
    text: `It asked for ${last.path}: not found.`,
  });
};

/** The last transfer, where it is of this kind: what came after it tells that the machine got over it. */
function current(view: MachineView, is: (transfer: TransferFacts) => boolean): TransferFacts | undefined {
  const last = view.facts.transfers.findLast(({ end }) => end?.outcome !== 'probe');
  return last !== undefined && is(last) ? last : undefined;
}

const isBroken = ({ end }: TransferFacts): boolean => end?.outcome === 'aborted' || end?.outcome === 'failed';

const lossOf = (sentBytes: number, retransmits: number): number =>
  retransmits / Math.max(1, sentBytes / TFTP_BLOCK_BYTES + retransmits);
