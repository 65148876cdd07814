import type { ApprovalPolicy } from '../contract/session.ts';

/**
 * Which machines boot where nobody said it: all of a bench's, where the entry leaves disks alone. Machines of a network that others use
 * may boot from the network first, and are nobody's to start.
 */
export const defaultPolicy = (may: {
  readonly changeDisks: boolean;
  readonly reachOthers: boolean;
}): ApprovalPolicy => ({
  kind: may.changeDisks || may.reachOthers ? 'approved' : 'every-machine',
});
