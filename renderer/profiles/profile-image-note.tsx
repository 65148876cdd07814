import type { CallValue } from '../../main/contract/calls.ts';
import { useMessages } from '../language/context.tsx';
import { Note } from '../ui/note.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { profileCatalogue } from './messages.ts';

/** What stands between a chosen profile and its image. */
export function ProfileImageNote({ said }: { readonly said: CallValue<'profiles.choose'> | undefined }) {
  const words = useMessages(profileCatalogue).imageIs;
  if (said?.image === 'missing') {
    return (
      <Note tone="trouble" title={words.missing} urgent>
        {words.missingText(inertText(said.imageName, 80))}
      </Note>
    );
  }
  return said?.image === 'other-content' ? (
    <Note tone="waiting" title={words.otherContent} urgent>
      {words.otherText}
    </Note>
  ) : null;
}
