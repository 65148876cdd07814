import type { SessionState } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { Note } from '../ui/note.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { monitorCatalogue } from './messages.ts';

/** A pulled cable or adapter, said before anybody wonders why no machine boots: the session itself does not end by it. */
export function WireTrouble({ session }: { readonly session: SessionState }) {
  const words = useMessages(monitorCatalogue).wire;
  const { state, rehearsal, draft } = session;
  const link = useStation(
    ({ interfaces }) => interfaces.find(({ name }) => name === draft.interfaceName)?.link ?? 'gone',
  );
  if (state !== 'running' || rehearsal || (link !== 'down' && link !== 'gone')) return null;
  const { title, text } = words[link];
  return (
    <Note tone="trouble" title={title(inertText(draft.interfaceName, 40))} urgent>
      {text}
    </Note>
  );
}
