// Messages between threads, not between windows of a browser, which would have to say whom they may reach.
// oxlint-disable unicorn/require-post-message-target-origin
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';

/** The thread's side of a ThreadHost. */
export interface ThreadInbox<Start, ToThread, FromThread> {
  readonly start: Start & { readonly wakeDescriptor: number };
  readonly tell: (message: FromThread) => void;
  /** The next message, if there is one. */
  readonly nextMessage: () => ToThread | undefined;
}

/** Says that the thread is ready. Throws where this is no thread. */
export function openInbox<Start, ToThread, FromThread>(): ThreadInbox<Start, ToThread, FromThread> {
  const port = parentPort;
  if (port === null) throw new Error('this is not a thread');
  port.postMessage({ type: 'ready' });
  return {
    start: workerData as Start & { readonly wakeDescriptor: number },
    tell: (message) => port.postMessage(message),
    nextMessage: () => receiveMessageOnPort(port)?.message as ToThread | undefined,
  };
}
