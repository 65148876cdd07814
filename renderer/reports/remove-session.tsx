import type { PastSession } from '../../main/contract/session.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { RemovalDialog } from '../ui/removal-dialog.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { sessionsCatalogue } from './messages.ts';

export function RemoveSession({ session, onClose }: { readonly session: PastSession; readonly onClose: () => void }) {
  const words = useMessages(sessionsCatalogue).remove;
  const format = useFormats();
  const remove = useCall('sessions.remove');
  return (
    <RemovalDialog
      title={words.title}
      description={words.text(inertText(session.imageName, 60), format.date(session.startedAtMs))}
      words={words}
      call={remove}
      onRemove={() => remove.run({ sessionId: session.id })}
      onClose={onClose}
    />
  );
}
