import { endInWords, type MachineResult, type RehearsalResult } from '../engine/rehearsal/rehearsal-result.ts';
import { formatBytes } from './progress.ts';
import { formatRate } from './serve-lines.ts';
import { formatTable } from './table.ts';

/** What a rehearsal says at its end. Pure: result in, lines out. */
export function resultLines(result: RehearsalResult): string[] {
  const { machines, shouldRun, running, durationMs, receivedBytes, bytesPerSecond, dhcpExchange } = result;
  const seconds = (durationMs / 1000).toFixed(1);
  const stopped = machines.filter(({ end }) => end.kind === 'stopped').length;
  const wrong = machines.filter(({ asExpected, end }) => !asExpected && end.kind !== 'stopped');
  const bad = machines.filter(({ asExpected, end }) => asExpected && end.kind !== 'running');
  return [
    `${running} of ${shouldRun} machines that had to reach a running system did, in ${seconds} s.`,
    `They fetched ${formatBytes(receivedBytes)} (${formatRate(bytesPerSecond)}). ${dhcpExchange.count} DHCP exchanges took ${dhcpExchange.p50Ms} ms (median), ${dhcpExchange.p99Ms} ms (99 %).`,
    ...(stopped === 0 ? [] : [`${stopped} were stopped before they had ended.`]),
    ...section('Stopped where they were made to:', bad),
    ...section('Did not end as they should:', wrong),
  ];
}

function section(title: string, machines: readonly MachineResult[]): string[] {
  if (machines.length === 0) return [];
  const rows = machines.map(({ mac, firmware, end }) => [mac, firmware, sentence(endInWords(end))]);
  return ['', title, ...formatTable(['MAC', 'FIRMWARE', 'WHAT HAPPENED'], rows).map((line) => `  ${line}`)];
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
