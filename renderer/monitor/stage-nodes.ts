import { type MonitoredClient, type Stage, stageSchema } from '../../main/contract/session.ts';
import type { RailNode } from '../ui/rail.tsx';

type Where = Pick<MonitoredClient, 'stage' | 'evidence' | 'approval' | 'problem' | 'percent'>;

/** A machine's boot as the nodes of a rail: where it is, how that is known, and how far the work of that stage is. */
export function stageNodes(
  { stage, evidence, approval, problem, percent }: Where,
  names: Readonly<Record<Stage, string>>,
): RailNode[] {
  const at = stageSchema.options.indexOf(stage);
  return stageSchema.options.map((id, index): RailNode => {
    const label = names[id];
    if (index !== at) return { id, label, state: index < at ? 'done' : 'todo' };
    const state =
      problem !== undefined ? 'trouble' : approval === 'waiting' ? 'waiting' : stage === 'done' ? 'done' : 'current';
    return { id, label, state, evidence, percent };
  });
}
