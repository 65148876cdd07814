import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallArg, CallName, CallValue } from '../../main/contract/calls.ts';
import { CallError } from '../transport/transport.ts';
import { useTransport } from './context.tsx';

export interface StationCall<Name extends CallName> {
  /** Resolves to the answer, or to undefined where it failed; then `error` says why. Never rejects. */
  readonly run: (arg: CallArg<Name>) => Promise<CallValue<Name> | undefined>;
  readonly busy: boolean;
  readonly error: CallError | undefined;
  readonly value: CallValue<Name> | undefined;
  readonly forgetError: () => void;
}

/** A call to the station with what a screen shows of it. The latest run counts; an older answer is not shown. */
export function useCall<Name extends CallName>(name: Name): StationCall<Name> {
  const transport = useTransport();
  const latest = useRef(0);
  const [shown, setShown] = useState<{ busy: boolean; error?: CallError; value?: CallValue<Name> }>({ busy: false });

  // What is answered after the screen is gone is shown nowhere.
  useEffect(
    () => () => {
      latest.current = -1;
    },
    [],
  );

  const run = useCallback(
    async (arg: CallArg<Name>) => {
      if (latest.current < 0) latest.current = 0;
      const mine = ++latest.current;
      setShown(({ value }) => (value === undefined ? { busy: true } : { busy: true, value }));
      try {
        const value = await transport.call(name, arg);
        if (mine === latest.current) setShown({ busy: false, value });
        return value;
      } catch (thrown) {
        const error = asCallError(thrown);
        if (mine === latest.current) setShown({ busy: false, error });
        return undefined;
      }
    },
    [transport, name],
  );
  const forgetError = useCallback(
    () => setShown(({ busy, value }) => (value === undefined ? { busy } : { busy, value })),
    [],
  );
  return { run, busy: shown.busy, error: shown.error, value: shown.value, forgetError };
}

function asCallError(thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown;
  return new CallError({ code: 'E_SCREEN', title: String(thrown), advice: '' });
}
