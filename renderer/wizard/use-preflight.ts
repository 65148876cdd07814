import { useEffect } from 'react';
import type { SessionDraft } from '../../main/contract/session.ts';
import { useStation } from '../store/context.tsx';
import { type StationCall, useCall } from '../store/use-call.ts';

/** The checks of a draft: run when it is shown, and again whenever it or the chosen interface or image changes. */
export function usePreflight(draft: SessionDraft | undefined): StationCall<'session.preflight'> {
  const preflight = useCall('session.preflight');
  const { run } = preflight;
  const asked = draft === undefined ? undefined : JSON.stringify(draft);
  const network = useStation(({ interfaces }) =>
    JSON.stringify(interfaces.find(({ name }) => name === draft?.interfaceName)),
  );
  const imageState = useStation(({ images }) => images.find(({ id }) => id === draft?.imageId)?.state);
  useEffect(() => {
    if (asked !== undefined) void run(JSON.parse(asked) as SessionDraft);
  }, [asked, network, imageState, run]);
  return preflight;
}
