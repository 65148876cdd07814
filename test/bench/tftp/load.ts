// Messages between threads, not between windows of a browser, which would have to say whom they may reach.
// oxlint-disable unicorn/require-post-message-target-origin
import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { BenchLink } from '../bench-link.ts';
import { fetchByTftp, type FetchOptions, type FetchResult } from './fetch.ts';

/**
 * Fetches a file by TFTP, N times at once, each from an address of its own:
 * `node load.ts CLIENTS '{"file":…,"blockSizeBytes":…}'`. Prints a LoadResult as JSON.
 */

export type LoadRequest = Omit<FetchOptions, 'serverAddress' | 'localAddress'>;

export interface LoadResult {
  /** From the first request to the last byte of the last transfer. */
  readonly milliseconds: number;
  readonly transfers: readonly FetchResult[];
}

async function load(clients: number, request: LoadRequest): Promise<LoadResult> {
  const workers = Array.from({ length: clients }, (_, index) => {
    const localAddress = BenchLink.clientAddress(index);
    const options: FetchOptions = { ...request, serverAddress: BenchLink.address, localAddress };
    return new Worker(import.meta.filename, { workerData: options });
  });
  // All of them loaded and ready before the first starts.
  await Promise.all(workers.map(async (worker) => await once(worker, 'message')));
  const startedAtMs = performance.now();
  const transfers = await Promise.all(
    workers.map(async (worker) => {
      const result = once(worker, 'message') as Promise<[FetchResult]>;
      worker.postMessage('go');
      return (await result)[0];
    }),
  );
  return { milliseconds: performance.now() - startedAtMs, transfers };
}

if (parentPort === null) {
  const [clients = '1', request = '{}'] = process.argv.slice(2);
  const result = await load(Number(clients), JSON.parse(request) as LoadRequest);
  process.stdout.write(JSON.stringify(result));
} else {
  const port = parentPort;
  port.once('message', () => tell(fetchByTftp(workerData as FetchOptions)));
  tell('ready');
  function tell(message: FetchResult | 'ready'): void {
    port.postMessage(message);
  }
}
