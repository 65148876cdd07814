import type { EngineEvent } from '../contract/events.ts';
import type { SessionState } from '../contract/session.ts';

/** What an event of its engine makes of a session; undefined where it changes nothing about the session as a whole. Pure. */
export function sessionAfter(session: SessionState | null, event: EngineEvent): SessionState | undefined {
  if (session === null) return undefined;
  if (event.type === 'session.mode') return { ...session, mode: event.mode, modeReason: event.reason };
  if (event.type === 'engine.trouble') {
    const { code, title, advice } = event;
    return { ...session, trouble: { code, title, advice } };
  }
  if (event.type !== 'engine.trouble-over' || session.trouble?.code !== event.code) return undefined;
  const { trouble: _, ...untroubled } = session;
  return untroubled;
}
