import { BookmarkPlus } from 'lucide-react';
import { useState } from 'react';
import type { SessionDraft } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { profileCatalogue } from './messages.ts';

/** Keeps what was chosen for another time. */
export function SaveProfile({ draft }: { readonly draft: SessionDraft }) {
  const messages = useMessages(profileCatalogue);
  const words = messages.save;
  const profiles = useStation((station) => station.profiles);
  const image = useStation(({ images }) => images.find(({ id }) => id === draft.imageId));
  const change = useChangeDraft();
  const save = useCall('profiles.save');
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState<string>();
  const wanted = (name ?? image?.name ?? '').slice(0, 100);
  const older = profiles.find((one) => one.name === wanted.trim());
  const run = async (): Promise<void> => {
    const { imageId, entryId, commandLine, extraArguments, answer, approval, afterBoot } = draft;
    const choices = { imageId, entryId, commandLine, extraArguments, answer, approval, afterBoot };
    const saved = await save.run({
      name: wanted.trim(),
      choices,
      ...(older === undefined ? {} : { profileId: older.id }),
    });
    if (saved === undefined) return;
    change((now) => ({ ...now, profileId: saved.profileId }));
    setIsOpen(false);
  };
  return (
    <>
      <Button size="small" icon={<BookmarkPlus aria-hidden />} onClick={() => setIsOpen(true)}>
        {words.open}
      </Button>
      {isOpen && (
        <Dialog
          open
          onClose={() => setIsOpen(false)}
          title={words.title}
          description={words.text}
          actions={
            <>
              <Button onClick={() => setIsOpen(false)}>{messages.cancel}</Button>
              <Button kind="primary" busy={save.busy} disabled={wanted.trim() === ''} onClick={() => void run()}>
                {words.save}
              </Button>
            </>
          }
        >
          <Field label={messages.name} hint={older === undefined ? '' : words.replaces}>
            {(control) => (
              <Input
                {...control}
                value={wanted}
                maxLength={100}
                onChange={({ target }) => setName(target.value)}
                onFocus={({ target }) => target.select()}
              />
            )}
          </Field>
          {save.error !== undefined && <ErrorNote error={save.error} />}
        </Dialog>
      )}
    </>
  );
}
