import { Bookmark, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FileButton } from '../ui/file-button.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { PickList } from '../ui/pick-list.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { profileCatalogue } from './messages.ts';
import { ProfileDetails } from './profile-details.tsx';
import styles from './profiles-pane.module.css';

const mostBytes = 2_000_000;

/** The profiles that are kept: what each says, and what can be done with it. */
export function ProfilesPane() {
  const words = useMessages(profileCatalogue);
  const profiles = useStation((station) => station.profiles);
  const isReadOnly = useStation(({ station }) => station.readOnly);
  const take = useCall('profiles.import');
  const [isTooLarge, setIsTooLarge] = useState(false);
  const [chosenId, setChosenId] = useState<string>();
  const chosen = profiles.find(({ id }) => id === chosenId) ?? profiles[0];
  const takeFile = async (file: File): Promise<void> => {
    setIsTooLarge(file.size > mostBytes);
    if (file.size > mostBytes) return;
    const taken = await take.run({ fileName: file.name.slice(-255), text: await file.text() });
    if (taken !== undefined) setChosenId(taken.profileId);
  };
  const ways = !isReadOnly && (
    <FileButton icon={<FolderOpen aria-hidden />} busy={take.busy} onFile={(file) => void takeFile(file)}>
      {words.import}
    </FileButton>
  );
  const trouble = (
    <>
      {isTooLarge && (
        <p className={styles.problem} role="alert">
          {words.tooLarge}
        </p>
      )}
      {take.error !== undefined && <ErrorNote error={take.error} />}
    </>
  );
  if (chosen === undefined) {
    return (
      <EmptyState icon={<Bookmark aria-hidden />} title={words.empty.title} action={ways || undefined}>
        {words.empty.text}
        {trouble}
      </EmptyState>
    );
  }
  return (
    <div className={styles.columns}>
      <div className={styles.list}>
        <div>{ways}</div>
        {trouble}
        <PickList
          label={words.list}
          chosenId={chosen.id}
          onChoose={setChosenId}
          items={profiles.map(({ id, name, image, answerName }) => ({
            id,
            title: <Untrusted text={name} oneLine />,
            detail: [image.name, answerName].filter((part) => part !== undefined).map((part) => inertText(part, 60)).join(' · '), // prettier-ignore
          }))}
        />
      </div>
      <ProfileDetails key={chosen.id} profile={chosen} isReadOnly={isReadOnly} />
    </div>
  );
}
