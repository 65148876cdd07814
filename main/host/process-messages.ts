import { z } from 'zod';

/** What the shell and the process with the station tell each other beside the screens' own ports. */

export const toShellSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pick-image'), id: z.int() }),
  /** Machines are being served: the computer must stay awake, and quitting wants a question. */
  z.object({ kind: z.literal('session'), running: z.boolean(), booting: z.int().nonnegative() }),
  /** It could not start, and ends: why, in the two voices of every error. */
  z.object({ kind: z.literal('failed'), title: z.string(), advice: z.string() }),
]);
export type ToShell = z.infer<typeof toShellSchema>;

export const toStationSchema = z.discriminatedUnion('kind', [
  /** A screen; its port comes with the message. */
  z.object({ kind: z.literal('connect') }),
  z.object({ kind: z.literal('picked-image'), id: z.int(), path: z.string().optional() }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToStation = z.infer<typeof toStationSchema>;

/** How the process with the station is told where things are: as its only argument, in JSON. */
export const stationPlacesSchema = z.object({
  version: z.string(),
  dataFolder: z.string(),
  loadersFolder: z.string(),
  uiFolder: z.string(),
});
export type StationPlaces = z.infer<typeof stationPlacesSchema>;
