import { z } from 'zod';
import { type Client, hasFinished } from '../engine/clients/client.ts';
import type { EarlierMachine, EarlierPart } from '../engine/session-config.ts';

const machine = z.object({
  id: z.string().max(300),
  macs: z.array(z.string().max(32)).max(16),
  serial: z.string().max(128).optional(),
  uuid: z.string().max(36).optional(),
});
const machines = z.array(machine).max(65_536);

/** What a session that goes on after a crash must still know: whom a person let boot, and who had its boot. */
export const sessionMemorySchema = z.object({ approved: machines, refused: machines, finished: machines });
export type SessionMemory = EarlierPart;

export const nothingYet: SessionMemory = { approved: [], refused: [], finished: [] };

/** After a person decided on machines. An approval lets a machine boot once more that had its boot. Pure. */
export function withDecision(
  memory: SessionMemory,
  decision: 'approved' | 'refused',
  decided: readonly EarlierMachine[],
): SessionMemory {
  const ids = new Set(decided.map(({ id }) => id));
  const others = (known: readonly EarlierMachine[]): EarlierMachine[] => known.filter(({ id }) => !ids.has(id));
  const marks = decided.map(marksOf);
  const { approved, refused, finished } = memory;
  return {
    approved: decision === 'approved' ? [...others(approved), ...marks] : others(approved),
    refused: decision === 'refused' ? [...others(refused), ...marks] : others(refused),
    finished: decision === 'approved' ? others(finished) : finished,
  };
}

/** With a machine that had its boot by now; the same memory where that is nothing new. Pure. */
export function withFinished(memory: SessionMemory, client: Client): SessionMemory {
  if (!hasFinished(client) || memory.finished.some(({ id }) => id === client.id)) return memory;
  return { ...memory, finished: [...memory.finished, marksOf(client)] };
}

const marksOf = ({ id, macs, serial, uuid }: EarlierMachine): EarlierMachine => ({
  id,
  macs,
  ...(serial === undefined ? {} : { serial }),
  ...(uuid === undefined ? {} : { uuid }),
});
