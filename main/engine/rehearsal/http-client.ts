import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Heard, Sent } from './machine-talk.ts';

/** One machine's HTTP connections: kept open between requests, from its own address. */
export interface HttpClient extends Disposable {
  /** Rejects with the reason of the signal; what fails on the network is an answer. */
  fetch(sent: Sent & { kind: 'http' }): Promise<Heard>;
}

export interface HttpClientOptions {
  readonly bytesPerSecond: number;
  readonly signal: AbortSignal;
  /** Told of all bytes as they come. */
  readonly onBytes: (count: number) => void;
}

/** Longest script that is kept as text. */
const KEPT_BYTES = 64 * 1024;
const HEAD_TIMEOUT_MS = 30_000;

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { signal } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    async fetch(sent) {
      try {
        return await receive(await respond(sent, agent, signal), sent, options);
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'nothing', reason: error instanceof Error ? error.message : String(error) };
      }
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function respond(sent: Sent & { kind: 'http' }, agent: Agent, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method, from: localAddress, range } = sent;
  const headers = range === undefined ? {} : { Range: `bytes=${range.first}-${range.last}` };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent, localAddress, signal, timeout: HEAD_TIMEOUT_MS }, resolve);
    asked.on('timeout', () => asked.destroy(new Error('the HTTP server did not answer')));
    asked.on('error', reject);
    asked.end();
  });
}

async function receive(
  response: IncomingMessage,
  { url, method, range, stopAtShare }: Sent & { kind: 'http' },
  { bytesPerSecond, signal, onBytes }: HttpClientOptions,
): Promise<Heard> {
  const expectedStatus = range === undefined ? 200 : 206;
  if (response.statusCode !== expectedStatus) {
    response.resume();
    return { kind: 'nothing', reason: `HTTP ${response.statusCode ?? 0} for ${url}` };
  }
  const announcedBytes = Number(response.headers['content-length'] ?? 0);
  const stopAtBytes = stopAtShare === undefined ? Number.POSITIVE_INFINITY : announcedBytes * stopAtShare;
  const kept: Uint8Array[] = [];
  const startedAtMs = performance.now();
  let sizeBytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    onBytes(chunk.length);
    if (announcedBytes <= KEPT_BYTES) kept.push(chunk);
    // Leaving the loop destroys the connection, as a machine does whose power fails.
    if (sizeBytes >= stopAtBytes) break;
    const aheadMs = (sizeBytes / bytesPerSecond) * 1_000 - (performance.now() - startedAtMs);
    if (aheadMs > 5) await delay(aheadMs, undefined, { signal });
  }
  if (method === 'GET' && stopAtShare === undefined && sizeBytes !== announcedBytes) {
    return { kind: 'nothing', reason: `${url} ended after ${sizeBytes} of ${announcedBytes} bytes` };
  }
  const text = announcedBytes <= KEPT_BYTES ? Buffer.concat(kept).toString('utf8') : undefined;
  return { kind: 'file', sizeBytes, totalBytes: totalOf(response) ?? announcedBytes, text };
}

/** Of "bytes 0-99/1234". */
function totalOf(response: IncomingMessage): number | undefined {
  const total = /\/(\d+)$/.exec(response.headers['content-range'] ?? '')?.[1];
  return total === undefined ? undefined : Number(total);
}
