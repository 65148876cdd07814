// Messages between threads, not between windows of a browser, which would have to say whom they may reach.
// oxlint-disable unicorn/require-post-message-target-origin
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { datagramCalls } from './datagram-calls.ts';
import { ThreadLoop } from './thread-loop.ts';
import type { MessageToThread, ThreadStart } from './thread-messages.ts';

/** The thread that sends files by TFTP. It never returns to an event loop: it waits for the network by itself. */
const port = parentPort;
if (port !== null) {
  const loop = new ThreadLoop({
    ...(workerData as ThreadStart),
    calls: datagramCalls(),
    now: () => performance.now(),
    tell: (message) => port.postMessage(message),
    nextMessage: () => receiveMessageOnPort(port)?.message as MessageToThread | undefined,
  });
  port.postMessage({ type: 'ready' });
  loop.run();
}
