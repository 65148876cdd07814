/** What one session lets its clients use. Everything a peer can hold is bounded here. */
export interface HttpLimits {
  readonly sockets: number;
  /** High enough for a load test from one computer, low enough that one peer cannot take all. */
  readonly socketsPerPeer: number;
  readonly requestHeadBytes: number;
  /** From the first byte of a connection or request to the end of its head. */
  readonly requestHeadTimeoutMs: number;
  /** Between requests. Firmware asks HEAD, thinks, then GET on the same connection (at least 30 s). */
  readonly keepAliveTimeoutMs: number;
  /** Without a byte moved during an answer: a machine that lost power says nothing. Node may count it twice. */
  readonly stallTimeoutMs: number;
  /** Requests of one connection that wait for their turn. */
  readonly pipelinedRequests: number;
  /** Memory for chunks of files on their way out, over all connections. */
  readonly bufferBytes: number;
}

export const defaultHttpLimits: HttpLimits = {
  sockets: 1024,
  socketsPerPeer: 256,
  requestHeadBytes: 8 * 1024,
  requestHeadTimeoutMs: 10_000,
  keepAliveTimeoutMs: 60_000,
  stallTimeoutMs: 30_000,
  pipelinedRequests: 64,
  bufferBytes: 64 * 1024 * 1024,
};
