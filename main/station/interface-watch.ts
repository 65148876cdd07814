import { listInterfaces } from '../engine/net/interfaces.ts';
import type { StateHolder } from './state-holder.ts';

// sysfs is cheap to read; macOS and Windows start a program for it.
const INTERVAL_MS = process.platform === 'linux' ? 1000 : 4000;

/** Keeps the interfaces of the state true: a cable pulled or an adapter plugged in is seen within the interval. */
export async function watchInterfaces(holder: StateHolder): Promise<AsyncDisposable> {
  const look = async (): Promise<void> => {
    const interfaces = await listInterfaces();
    if (JSON.stringify(interfaces) === JSON.stringify(holder.state.interfaces)) return;
    holder.change({ event: 'interfaces.changed', value: interfaces });
  };
  await look();
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    // An interface that vanishes while it is read: the next look tells.
    looking = looking.then(look).catch(() => undefined);
  }, INTERVAL_MS);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await looking;
    },
  };
}
