import type { ImageSignature } from '../../main/contract/state.ts';
import { useMessages } from '../language/context.tsx';
import { Note } from '../ui/note.tsx';
import type { Tone } from '../ui/tone.ts';
import { Untrusted } from '../ui/untrusted.tsx';
import { wizardCatalogue } from './messages.ts';

const tones: Readonly<Record<ImageSignature['state'], Tone>> = {
  good: 'done',
  bad: 'trouble',
  weak: 'waiting',
  'unknown-key': 'neutral',
  unreadable: 'neutral',
  'not-checked': 'neutral',
};

/** Who vouches for an image, as far as it is known here. */
export function ImageSignatureNote({ signature }: { readonly signature: ImageSignature }) {
  const words = useMessages(wizardCatalogue).image.signature;
  const { state, by, key, file } = signature;
  return (
    <Note tone={tones[state]} title={words.title[state]}>
      {by !== undefined && (
        <p>
          <Untrusted text={by} most={120} />
        </p>
      )}
      {key !== undefined && (
        <p>
          {words.key} <Untrusted text={key} code />
        </p>
      )}
      {words.advice[state] !== '' && <p>{words.advice[state]}</p>}
      <p>
        <Untrusted text={file} most={200} />
      </p>
    </Note>
  );
}
