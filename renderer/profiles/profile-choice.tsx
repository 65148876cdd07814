import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft, useStation } from '../store/context.tsx';
import { Field } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Select } from '../ui/select.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { profileCatalogue } from './messages.ts';
import { ProfileImageNote } from './profile-image-note.tsx';
import { useChooseProfile } from './use-choose-profile.ts';

/** The quick way through the wizard: what was kept of an earlier job. Nothing where nothing is kept. */
export function ProfileChoice() {
  const words = useMessages(profileCatalogue).choose;
  const profiles = useStation((station) => station.profiles);
  const { profileId } = useDraft();
  const change = useChangeDraft();
  const { call, choose } = useChooseProfile();
  if (profiles.length === 0) return null;
  return (
    <>
      <Field label={words.label} hint={words.hint}>
        {(control) => (
          <Select
            {...control}
            value={profiles.some(({ id }) => id === profileId) ? (profileId ?? '') : ''}
            options={[
              { value: '', label: words.none },
              ...profiles.map(({ id, name, image }) => ({
                value: id,
                label: `${inertText(name, 60)} · ${inertText(image.name, 60)}`,
              })),
            ]}
            onChange={(id) => (id === '' ? change((now) => ({ ...now, profileId: undefined })) : void choose(id))}
          />
        )}
      </Field>
      {call.error !== undefined && <ErrorNote error={call.error} />}
      <ProfileImageNote said={call.value} />
    </>
  );
}
