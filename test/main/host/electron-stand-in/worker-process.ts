import { Worker } from 'node:worker_threads';
import type { StandInUtilityProcess } from './utility-process.ts';

/** Runs a process of the program for real: its bundle, in a thread that has what Electron gives to such a process. */
export function launchInThread(child: StandInUtilityProcess): void {
  const worker = new Worker(new URL('./worker-entry.ts', import.meta.url), {
    argv: [...child.args],
    workerData: { entry: child.modulePath },
  });
  child.deliver = (message, ports) => {
    const raw = ports.map((port) => port.raw);
    worker.postMessage({ message, ports: raw }, raw);
  };
  child.end = () => void worker.terminate();
  worker.on('online', () => child.emit('spawn'));
  worker.on('message', (message) => child.emit('message', message));
  worker.on('error', (error) => process.stderr.write(`${error.stack}\n`));
  worker.on('exit', (code) => child.emit('exit', code));
}
