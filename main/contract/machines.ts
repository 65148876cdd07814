import { z } from 'zod';

/** A person's list of machines: who they are, the address and name that each shall have, and values of their own. */

export const mostListedMachines = 4096;

export const macSchema = z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);

export const listedMachineSchema = z.object({
  /** Line of the file it came from; the first is 1. */
  line: z.int(),
  /** All adapters that it is known by; may be empty where serial or UUID are there. */
  macs: z.array(macSchema).max(16),
  serial: z.string().max(128).optional(),
  uuid: z.string().max(36).optional(),
  /** What a person calls it. */
  name: z.string().max(100).optional(),
  /** A name that DHCP may give it (RFC 1123). */
  hostName: z.string().max(63).optional(),
  /** IPv4 address to reserve for it. */
  address: z.string().max(15).optional(),
  /** Cells of the other columns, by the column's `name`; empty cells are left out. */
  values: z.record(z.string().max(64), z.string().max(1000)),
});
export type ListedMachine = z.infer<typeof listedMachineSchema>;

export const machineListSchema = z.object({
  /** The columns whose meaning is the person's own: the heading as written, and its name in `values`. */
  columns: z.array(z.object({ heading: z.string(), name: z.string() })),
  machines: z.array(listedMachineSchema).max(mostListedMachines),
  /** Lines that were left out, and why; the first of them where there are very many. */
  problems: z.array(z.object({ line: z.int(), reason: z.string() })),
  /** How many lines were left out. */
  problemCount: z.int(),
});
export type MachineList = z.infer<typeof machineListSchema>;
