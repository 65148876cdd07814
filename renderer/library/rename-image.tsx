import { useState } from 'react';
import type { LibraryImage } from '../../main/contract/state.ts';
import { useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { libraryCatalogue } from './messages.ts';

const mostCharacters = 200;

export function RenameImage({ image, onClose }: { readonly image: LibraryImage; readonly onClose: () => void }) {
  const words = useMessages(libraryCatalogue).rename;
  const messages = useMessages(libraryCatalogue);
  const rename = useCall('images.rename');
  const [name, setName] = useState(image.name.slice(0, mostCharacters));
  const run = async (): Promise<void> => {
    if (name.trim() === '') return;
    if ((await rename.run({ imageId: image.id, name: name.trim() })) !== undefined) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.title}
      actions={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button kind="primary" busy={rename.busy} disabled={name.trim() === ''} onClick={() => void run()}>
            {words.save}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Field label={words.label} hint={words.hint}>
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={mostCharacters}
              onChange={({ target }) => setName(target.value)}
              onFocus={({ target }) => target.select()}
            />
          )}
        </Field>
      </form>
      {rename.error !== undefined && <ErrorNote error={rename.error} />}
    </Dialog>
  );
}
