import { Copy, Download, MonitorDown, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { StoredProfile } from '../../main/contract/profile.ts';
import { goTo } from '../app/route.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import pane from '../ui/details-pane.module.css';
import { DataList } from '../ui/data-list.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { RemovalDialog } from '../ui/removal-dialog.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { downloadText } from './download-text.ts';
import { profileCatalogue } from './messages.ts';
import { ProfileImageNote } from './profile-image-note.tsx';
import { useChooseProfile } from './use-choose-profile.ts';

interface ProfileDetailsProps {
  readonly profile: StoredProfile;
  readonly isReadOnly: boolean;
}

/** One profile: what it says, and what can be done with it. */
export function ProfileDetails({ profile, isReadOnly }: ProfileDetailsProps) {
  const words = useMessages(profileCatalogue);
  const format = useFormats();
  const isServing = useStation(({ session }) => session !== null && session.endedAtMs === undefined);
  const { call, choose } = useChooseProfile();
  const copy = useCall('profiles.duplicate');
  const exporting = useCall('profiles.export');
  const [asked, setAsked] = useState<'rename' | 'remove'>();
  const { id: profileId } = profile;
  const use = async (): Promise<void> => {
    const said = await choose(profileId);
    if (said?.image === 'there') goTo('station');
  };
  const download = async (): Promise<void> => {
    const file = await exporting.run({ profileId });
    if (file !== undefined) downloadText(file.fileName, file.text);
  };
  const trouble = call.error ?? copy.error ?? exporting.error;
  const { facts } = words;
  return (
    <div className={pane.about}>
      {!isReadOnly && (
        <div className={pane.actions}>
          {!isServing && (
            <Button kind="primary" icon={<MonitorDown aria-hidden />} busy={call.busy} onClick={() => void use()}>
              {words.use}
            </Button>
          )}
          <Button icon={<Copy aria-hidden />} busy={copy.busy} onClick={() => void copy.run({ profileId })}>
            {words.copy}
          </Button>
          <Button icon={<Pencil aria-hidden />} onClick={() => setAsked('rename')}>
            {words.rename}
          </Button>
          <Button icon={<Download aria-hidden />} busy={exporting.busy} onClick={() => void download()}>
            {words.export}
          </Button>
          <Button icon={<Trash2 aria-hidden />} onClick={() => setAsked('remove')}>
            {words.remove}
          </Button>
        </div>
      )}
      {trouble !== undefined && <ErrorNote error={trouble} />}
      <ProfileImageNote said={call.value} />
      <Card flush>
        <header className={pane.header}>
          <h2 className={pane.name}>
            <Untrusted text={profile.name} />
          </h2>
        </header>
        <div className={pane.facts}>
          <DataList
            facts={[
              { label: facts.image, value: <Untrusted text={profile.image.name} /> },
              ...(profile.image.sha256 === undefined
                ? []
                : [{ label: facts.sha256, value: <Untrusted text={profile.image.sha256} code /> }]),
              ...(profile.entryId === undefined
                ? []
                : [{ label: facts.entry, value: <Untrusted text={profile.entryId} code /> }]),
              {
                label: facts.answer,
                value: profile.answerName === undefined ? facts.none : <Untrusted text={profile.answerName} />,
              },
              ...(profile.secrets.length === 0
                ? []
                : [{ label: facts.asks, value: <Untrusted text={profile.secrets.join(', ')} /> }]),
              { label: facts.changed, value: format.date(profile.changedAtMs) },
            ]}
          />
        </div>
      </Card>
      {asked === 'rename' && <RenameProfile profile={profile} onClose={() => setAsked(undefined)} />}
      {asked === 'remove' && <RemoveProfile profile={profile} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

interface AskedProps {
  readonly profile: StoredProfile;
  readonly onClose: () => void;
}

function RemoveProfile({ profile, onClose }: AskedProps) {
  const words = useMessages(profileCatalogue);
  const remove = useCall('profiles.remove');
  return (
    <RemovalDialog
      title={words.removeTitle(inertText(profile.name, 60))}
      description={words.removeText}
      words={words}
      call={remove}
      onRemove={() => remove.run({ profileId: profile.id })}
      onClose={onClose}
    />
  );
}

function RenameProfile({ profile, onClose }: AskedProps) {
  const words = useMessages(profileCatalogue);
  const rename = useCall('profiles.rename');
  const [name, setName] = useState(profile.name);
  const run = async (): Promise<void> => {
    if ((await rename.run({ profileId: profile.id, name: name.trim() })) !== undefined) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.renameTitle}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" busy={rename.busy} disabled={name.trim() === ''} onClick={() => void run()}>
            {words.rename}
          </Button>
        </>
      }
    >
      <Field label={words.name}>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={100}
            onChange={({ target }) => setName(target.value)}
            onFocus={({ target }) => target.select()}
          />
        )}
      </Field>
      {rename.error !== undefined && <ErrorNote error={rename.error} />}
    </Dialog>
  );
}
