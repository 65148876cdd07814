import { StationError } from '../contract/errors.ts';
import { type SessionMode, sessionModeSchema } from '../contract/session.ts';

/** The mode of a session as a person wrote it. Error: E_USAGE. */
export function readMode(value: string): SessionMode {
  const parsed = sessionModeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new StationError('E_USAGE', {
    problem: `--mode ${value} is unknown; it takes ${sessionModeSchema.options.join(', ')}.`,
  });
}
