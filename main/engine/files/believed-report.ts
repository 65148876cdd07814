import type { EmitEvent } from '../../contract/events.ts';

/**
 * Whether what a loader says of its machine is that machine's own: it has to come from the address that its adapter was given. Anybody
 * on the wire could name another machine, one that may boot.
 */
export interface ReportJudge {
  /** The MAC to go by, and whether the rest of the report counts; undefined where nobody is known to have the address. */
  readonly judge: (
    peerAddress: string,
    claimedMac: string | undefined,
  ) => { mac: string; isBelieved: boolean } | undefined;
}

// A flood of forged reports must not become a flood of events: the total of each tells the rest.
const TOLD_ONE_BY_ONE = 10;
const TOLD_EACH = 100;

export function reportJudge(options: {
  /** MAC of the client that holds an address. */
  macOf: (address: string) => string | undefined;
  /** Address of a MAC, where it has one. */
  addressOf: (mac: string) => string | undefined;
  emit: EmitEvent;
}): ReportJudge {
  const { macOf, addressOf, emit } = options;
  let total = 0;
  const refuse = (peerAddress: string, claimedMac: string, holderMac: string | undefined): void => {
    total++;
    if (total > TOLD_ONE_BY_ONE && total % TOLD_EACH !== 0) return;
    emit({ type: 'client.report-refused', peerAddress, claimedMac, holderMac, total });
  };
  return {
    judge(peerAddress, claimedMac) {
      const holderMac = macOf(peerAddress);
      if (claimedMac === undefined || claimedMac === holderMac) {
        return holderMac === undefined ? undefined : { mac: holderMac, isBelieved: true };
      }
      const usual = addressOf(claimedMac);
      // Nobody is known to have this address, as after a restart of the station, and nobody else to have the MAC.
      const isUnknown = holderMac === undefined && (usual === undefined || usual === peerAddress);
      if (isUnknown) return { mac: claimedMac, isBelieved: true };
      refuse(peerAddress, claimedMac, holderMac);
      return holderMac === undefined ? undefined : { mac: holderMac, isBelieved: false };
    },
  };
}
