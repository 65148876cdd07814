import { Plus, RotateCcw } from 'lucide-react';
import type { SessionState } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useChangeDraft } from '../store/context.tsx';
import { draftAgain, emptyDraft } from '../store/wizard-draft.ts';
import { Button } from '../ui/button.tsx';
import { monitorCatalogue } from './messages.ts';

/** After a session: the next one, with the same choices or from the beginning. */
export function EndedActions({ session }: { readonly session: SessionState }) {
  const words = useMessages(monitorCatalogue).session;
  const change = useChangeDraft();
  const leftSessionId = session.id;
  return (
    <>
      {!session.rehearsal && (
        <Button
          icon={<RotateCcw aria-hidden />}
          onClick={() => change(() => ({ ...draftAgain(session.draft), leftSessionId }))}
        >
          {words.again}
        </Button>
      )}
      <Button
        kind="primary"
        icon={<Plus aria-hidden />}
        onClick={() => change((draft) => ({ ...(session.rehearsal ? draft : emptyDraft), leftSessionId }))}
      >
        {words.another}
      </Button>
    </>
  );
}
