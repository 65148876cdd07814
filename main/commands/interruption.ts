import { StationError } from '../contract/errors.ts';

/** A signal that aborts with E_INTERRUPTED on Ctrl-C, so that work which writes can tidy up; until it is disposed of. */
export function interruption(): AbortSignal & Disposable {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new StationError('E_INTERRUPTED', {}));
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, abort);
  return Object.assign(controller.signal, {
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, abort);
    },
  });
}
