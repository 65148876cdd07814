import { z } from 'zod';
import { type CallName, calls } from './calls.ts';
import { type Change, type ChangeName, changes } from './changes.ts';
import type { ErrorReport } from './errors.ts';

/**
 * What crosses a transport, whichever it is. A screen sends `{id, call, arg}` and gets `{id, ok, value}` or `{id, ok: false, error}`;
 * changes come as `{seq, event, value}`, numbered without gaps. A screen that sees a gap asks for a new snapshot, whose
 * `seq` is that of the last change it holds.
 */
export const protocolVersion = 1;

const callNames = Object.keys(calls) as [CallName, ...CallName[]];

export const requestSchema = z.object({ id: z.int().nonnegative(), call: z.enum(callNames), arg: z.unknown() });

export type WireAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: ErrorReport };

export type WireChange = Change & { readonly seq: number };

/** The first message after a connection opened. */
export interface WireHello {
  readonly hello: typeof protocolVersion;
}

export type WireMessage = WireAnswer | WireChange | WireHello;

const changeNames = Object.keys(changes) as [ChangeName, ...ChangeName[]];

/** Shape of what a screen receives; the values of changes are trusted as the station's own. */
export const messageSchema = z.union([
  z.object({ hello: z.literal(protocolVersion) }),
  z.object({ seq: z.int(), event: z.enum(changeNames), value: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.object({
    id: z.int(),
    ok: z.literal(false),
    error: z.object({
      code: z.string(),
      title: z.string(),
      advice: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
  }),
]);
