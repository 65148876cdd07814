import type { StationState } from '../contract/state.ts';

/** What the shell needs to know of a session. */
export interface SessionGlance {
  readonly running: boolean;
  /** Machines that have begun to boot and are not up yet. */
  readonly booting: number;
}

export const noSession: SessionGlance = { running: false, booting: 0 };

/** Pure. */
export function glanceAt({ session, clients }: Pick<StationState, 'session' | 'clients'>): SessionGlance {
  const running = session !== null && ['starting', 'running', 'stopping'].includes(session.state);
  const isBooting = (stage: string): boolean => !['power-on', 'running', 'done'].includes(stage);
  return { running, booting: running ? clients.filter(({ stage }) => isBooting(stage)).length : 0 };
}
