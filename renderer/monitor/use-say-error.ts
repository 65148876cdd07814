import { useEffect, useRef } from 'react';
import type { CallError } from '../transport/transport.ts';
import { useToast } from '../ui/toast.tsx';

/** Says once why a call failed, where there is no room for a note beside what was pressed. */
export function useSayError(error: CallError | undefined): void {
  const { say } = useToast();
  const said = useRef<CallError>(undefined);
  useEffect(() => {
    if (error !== undefined && error !== said.current) say(error.title, error.advice);
    said.current = error;
  }, [error, say]);
}
