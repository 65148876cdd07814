import type { MonitoredClient } from '../../main/contract/session.ts';
import type { Tone } from '../ui/tone.ts';

/** What a person at the bench wants to know first. Every machine is in one group; those refused are nobody's concern. */
export const machineGroups = ['waiting', 'trouble', 'booting', 'running', 'refused'] as const;
export type MachineGroup = (typeof machineGroups)[number];

export const groupTones: Record<MachineGroup, Tone> = {
  waiting: 'waiting',
  trouble: 'trouble',
  booting: 'wire',
  running: 'done',
  refused: 'neutral',
};

export function groupOf({ approval, problem, stage }: MonitoredClient): MachineGroup {
  if (approval === 'waiting') return 'waiting';
  if (approval === 'refused') return 'refused';
  if (problem !== undefined) return 'trouble';
  return stage === 'running' || stage === 'done' ? 'running' : 'booting';
}

export function countGroups(clients: readonly MonitoredClient[]): Record<MachineGroup, number> {
  const counts = { waiting: 0, trouble: 0, booting: 0, running: 0, refused: 0 };
  for (const client of clients) counts[groupOf(client)] += 1;
  return counts;
}
