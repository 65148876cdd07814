import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { MessagePortMain } from './ports.ts';

/** Around the entry of a utility process: `process.parentPort`, which is silent until somebody listens. */
const emitter = new EventEmitter();
emitter.on('newListener', (name) => {
  if (name !== 'message' || emitter.listenerCount('message') > 0) return;
  parentPort?.on('message', ({ message, ports }: { message: unknown; ports: MessagePort[] }) =>
    emitter.emit('message', { data: message, ports: ports.map((port) => new MessagePortMain(port)) }),
  );
});

Object.assign(process, {
  parentPort: Object.assign(emitter, { postMessage: (message: unknown) => parentPort?.postMessage(message) }),
});
await import(pathToFileURL((workerData as { entry: string }).entry).href);
