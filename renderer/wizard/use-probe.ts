import { useEffect, useRef } from 'react';
import { useStation } from '../store/context.tsx';
import { type StationCall, useCall } from '../store/use-call.ts';

/** What else answers on an interface: asked once when it is chosen or its cable is plugged in, and whenever the person asks. */
export function useProbe(interfaceName: string | undefined): StationCall<'interfaces.probe'> {
  const probe = useCall('interfaces.probe');
  const canAsk = useStation(({ interfaces }) => interfaces.find(({ name }) => name === interfaceName)?.link !== 'down');
  const asked = useRef<string>(undefined);
  const { run } = probe;
  useEffect(() => {
    if (interfaceName === undefined) return;
    if (!canAsk) {
      asked.current = undefined;
    } else if (asked.current !== interfaceName) {
      asked.current = interfaceName;
      void run({ interfaceName });
    }
  }, [interfaceName, canAsk, run]);
  return probe;
}
