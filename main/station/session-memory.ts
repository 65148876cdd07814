import { z } from 'zod';
import { type Client, hasFinished } from '../engine/clients/client.ts';
import type { EarlierPart } from '../engine/session-config.ts';

const macs = z.array(z.string().max(32)).max(65_536);

/** What a session that goes on after a crash must still know: whom a person let boot, and who had its boot. */
export const sessionMemorySchema = z.object({ approved: macs, refused: macs, finished: macs });
export type SessionMemory = EarlierPart;

export const nothingYet: SessionMemory = { approved: [], refused: [], finished: [] };

/** After a person decided on machines. An approval lets a machine boot once more that had its boot. Pure. */
export function withDecision(
  memory: SessionMemory,
  decision: 'approved' | 'refused',
  decided: readonly string[],
): SessionMemory {
  const others = (known: readonly string[]): string[] => known.filter((mac) => !decided.includes(mac));
  const { approved, refused, finished } = memory;
  return {
    approved: decision === 'approved' ? [...others(approved), ...decided] : others(approved),
    refused: decision === 'refused' ? [...others(refused), ...decided] : others(refused),
    finished: decision === 'approved' ? others(finished) : finished,
  };
}

/** With a machine that had its boot by now; the same memory where that is nothing new. Pure. */
export function withFinished(memory: SessionMemory, client: Client): SessionMemory {
  if (!hasFinished(client) || memory.finished.includes(client.mac)) return memory;
  return { ...memory, finished: [...memory.finished, client.mac] };
}
