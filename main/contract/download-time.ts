/** How long the cable of the station takes to bring a download to all machines. Pure. */

/** What TCP and IP leave of Ethernet's rate with frames of 1500 bytes: 1448 of 1538 bytes on the wire. */
const PAYLOAD_SHARE = 1448 / 1538;

/** Seconds at the speed of the wire, which all machines share. */
export const secondsAtWireSpeed = (bytesPerMachine: number, machines: number, linkMbps: number): number =>
  (bytesPerMachine * machines * 8) / (linkMbps * 1_000_000 * PAYLOAD_SHARE);
