import { z } from 'zod';

export const interfaceKindSchema = z.enum(['wired', 'wireless', 'virtual', 'loopback']);

export const interfaceAddressSchema = z.object({
  address: z.string(),
  prefixLength: z.int().min(0).max(128),
  family: z.enum(['IPv4', 'IPv6']),
});

/** A network interface of this computer, and whether a bench can be served on it. */
export const networkInterfaceSchema = z.object({
  name: z.string(),
  mac: z.string(),
  kind: interfaceKindSchema,
  /** `down` covers "administratively down" and "no cable"; `unknown` where the system does not say. */
  link: z.enum(['up', 'down', 'unknown']),
  speedMbps: z.int().positive().optional(),
  mtuBytes: z.int().positive().optional(),
  addresses: z.array(interfaceAddressSchema),
  defaultRoute: z.boolean(),
  /** Bridge or bond that it is a part of: then that one has the addresses and is to be served on. */
  partOf: z.string().optional(),
  fit: z.boolean(),
  /** Why it is not fit, or what to know before using it; absent where there is nothing to say. */
  reason: z.string().optional(),
});
export type NetworkInterface = z.infer<typeof networkInterfaceSchema>;
