import type { RequestedOptions } from './packet.ts';

/** Option negotiation (RFC 2347 to 2349, RFC 7440). Pure. */

export type TransferMode = 'octet' | 'netascii';

export interface OptionLimits {
  /** Largest block that fits one frame of the interface. */
  readonly maxBlockSizeBytes: number;
  readonly maxWindowSize: number;
  /** What one window may hold: more overruns the receive buffer of the client. */
  readonly maxWindowBytes: number;
}

export interface NegotiatedTransfer {
  /** What the OACK says: empty where no OACK is sent. */
  readonly acknowledged: RequestedOptions;
  readonly blockSizeBytes: number;
  /** Blocks per acknowledgement. */
  readonly windowSize: number;
  /** The retransmission interval that the client asked for. */
  readonly timeoutMs: number | undefined;
  /** The wire number of the block after 65535. */
  readonly rolloverTo: 0 | 1;
  /** The client asked for the size, as firmware does in a probe. */
  readonly askedSize: boolean;
}

export const MIN_BLOCK_SIZE_BYTES = 8;
export const MAX_BLOCK_SIZE_BYTES = 65_464;
const DEFAULT_BLOCK_SIZE_BYTES = 512;

const IP_UDP_TFTP_HEADER_BYTES = 20 + 8 + 4;

/** The largest block that is not fragmented on a link: boot ROMs cannot put fragments together. */
export function blockSizeForMtu(mtuBytes: number): number {
  return Math.min(MAX_BLOCK_SIZE_BYTES, Math.max(DEFAULT_BLOCK_SIZE_BYTES, mtuBytes - IP_UDP_TFTP_HEADER_BYTES));
}

/**
 * What the transfer will be like, out of what the client asked for. The answer names only options that were asked
 * for, each once and in lower case (GRUB compares bytes), and never a greater value: EDK2 takes anything else for a
 * malformed OACK and gives up with PXE-E23. An option with an illegal value is left out, as if never asked for.
 */
export function negotiate(
  requested: RequestedOptions,
  file: { readonly sizeBytes: number; readonly mode: TransferMode },
  limits: OptionLimits,
): NegotiatedTransfer {
  const asked = firstOfEach(requested);
  const acknowledged: [string, string][] = [];
  const accept = <Value extends number>(name: string, value: Value | undefined): Value | undefined => {
    if (value !== undefined) acknowledged.push([name, String(value)]);
    return value;
  };

  // The block size decides how large a window may be, whichever the client named first.
  const blockSize = capped(asked.get('blksize'), MIN_BLOCK_SIZE_BYTES, MAX_BLOCK_SIZE_BYTES, limits.maxBlockSizeBytes);
  const blockSizeBytes = blockSize ?? DEFAULT_BLOCK_SIZE_BYTES;
  const windowCap = Math.min(limits.maxWindowSize, Math.max(1, Math.floor(limits.maxWindowBytes / blockSizeBytes)));
  // A rolled-back window of converted text would have to be converted again, and nobody loads text at speed.
  const windowSize = file.mode === 'octet' ? capped(asked.get('windowsize'), 1, 65_535, windowCap) : undefined;

  let timeoutSeconds: number | undefined;
  let rolloverTo: 0 | 1 | undefined;
  let askedSize = false;
  for (const [name, value] of asked) {
    if (name === 'blksize') accept(name, blockSize);
    if (name === 'windowsize') accept(name, windowSize);
    // U-Boot takes only the value that it asked for.
    if (name === 'timeout') timeoutSeconds = accept(name, capped(value, 1, 255, 255));
    if (name === 'rollover') rolloverTo = accept(name, capped(value, 0, 1, 1) as 0 | 1 | undefined);
    // The size of converted text is not known before it has been converted (RFC 2349 promises nothing then).
    if (name === 'tsize' && file.mode === 'octet') {
      askedSize = true;
      accept(name, file.sizeBytes);
    }
  }
  return {
    acknowledged,
    blockSizeBytes,
    windowSize: windowSize ?? 1,
    timeoutMs: timeoutSeconds === undefined ? undefined : timeoutSeconds * 1_000,
    rolloverTo: rolloverTo ?? 0,
    askedSize,
  };
}

/** RFC 2347: an option may be given once; of several the first counts. Names are not case-sensitive. */
function firstOfEach(requested: RequestedOptions): Map<string, string> {
  const first = new Map<string, string>();
  for (const [name, value] of requested) {
    const lowerCase = name.toLowerCase();
    if (!first.has(lowerCase)) first.set(lowerCase, value);
  }
  return first;
}

/** The number that was asked for, if legal, and no more than the cap. */
function capped(value: string | undefined, min: number, max: number, cap: number): number | undefined {
  if (value === undefined || !/^\d{1,10}$/.test(value)) return undefined;
  const number = Number(value);
  return number < min || number > max ? undefined : Math.min(number, cap);
}
