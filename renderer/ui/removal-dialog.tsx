import type { ReactNode } from 'react';
import type { CallError } from '../transport/transport.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorNote } from './note.tsx';

interface RemovalDialogProps {
  readonly title: string;
  readonly description: string;
  readonly words: { readonly cancel: string; readonly remove: string };
  /** What removes it: see `useCall`. */
  readonly call: { readonly busy: boolean; readonly error: CallError | undefined };
  /** Resolves to undefined where it failed; the dialog then stays and says why. */
  readonly onRemove: () => Promise<unknown>;
  readonly onClose: () => void;
  /** Why it cannot be removed now; absent where it can. */
  readonly obstacle?: ReactNode;
}

/** The question before something that was kept is removed. */
export function RemovalDialog(props: RemovalDialogProps) {
  const { title, description, words, call, onRemove, onClose, obstacle } = props;
  const run = async (): Promise<void> => {
    if ((await onRemove()) !== undefined) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="danger" busy={call.busy} disabled={obstacle !== undefined} onClick={() => void run()}>
            {words.remove}
          </Button>
        </>
      }
    >
      {call.error === undefined ? obstacle : <ErrorNote error={call.error} />}
    </Dialog>
  );
}
