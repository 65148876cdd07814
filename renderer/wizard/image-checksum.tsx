import { useState } from 'react';
import type { LibraryImage } from '../../main/contract/state.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { Progress } from '../ui/progress.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './image-checksum.module.css';
import { ImageSignatureNote } from './image-signature.tsx';
import { wizardCatalogue } from './messages.ts';

/** The image's SHA-256: read in the background, compared with what its publisher says. */
export function ImageChecksum({ image }: { readonly image: LibraryImage }) {
  const words = useMessages(wizardCatalogue).image.checksum;
  const format = useFormats();
  const task = useStation(({ tasks }) => tasks.find(({ kind, imageId }) => kind === 'hash' && imageId === image.id));
  const isReadOnly = useStation(({ station }) => station.readOnly);
  const verify = useCall('images.verify');
  const cancel = useCall('images.cancelVerify');
  const [expected, setExpected] = useState('');
  const [isTried, setIsTried] = useState(false);
  // A line of a checksum file is as good as its value.
  const pasted = expected.trim().split(/\s+/)[0] ?? '';
  const isWrong = pasted !== '' && !/^[0-9a-f]{64}$/i.test(pasted);
  const run = (): void => {
    setIsTried(true);
    if (!isWrong) void verify.run({ imageId: image.id, ...(pasted === '' ? {} : { expectedSha256: pasted }) });
  };
  const error = verify.error ?? cancel.error;
  if (isReadOnly && task === undefined && image.sha256 === undefined) return null;
  return (
    <section className={styles.checksum} aria-label={words.title}>
      <Result image={image} />
      {image.signature !== undefined && <ImageSignatureNote signature={image.signature} />}
      {task === undefined && !isReadOnly && (
        <div className={styles.form}>
          <Field
            className={styles.field}
            label={words.label}
            hint={words.hint}
            error={isTried && isWrong ? words.notHex : undefined}
          >
            {(control) => (
              <Input
                {...control}
                code
                value={expected}
                maxLength={200}
                onChange={({ target }) => setExpected(target.value)}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter') return;
                  // Enter here checks; it does not go on to the next step.
                  event.preventDefault();
                  run();
                }}
              />
            )}
          </Field>
          <Button className={styles.run} busy={verify.busy} onClick={run}>
            {words.run}
          </Button>
        </div>
      )}
      {task !== undefined && (
        <div className={styles.task}>
          <div className={styles.amount}>
            <span>{words.progress}</span>
            <span className={styles.figures}>
              {words.amount(task.doneBytes, task.totalBytes)} · {format.rate(task.bytesPerSecond)}
            </span>
            {!isReadOnly && (
              <Button size="small" busy={cancel.busy} onClick={() => void cancel.run({ imageId: image.id })}>
                {words.cancel}
              </Button>
            )}
          </div>
          <Progress label={words.progress} percent={(100 * task.doneBytes) / Math.max(1, task.totalBytes)} />
        </div>
      )}
      {error !== undefined && <ErrorNote error={error} />}
    </section>
  );
}

function Result({ image: { checksum, sha256 } }: { readonly image: LibraryImage }) {
  const words = useMessages(wizardCatalogue).image.checksum;
  if (sha256 === undefined) return null;
  const value = <Untrusted text={sha256} code />;
  if (checksum === undefined) {
    return <Note title={words.known}>{value}</Note>;
  }
  const source = <Untrusted text={checksum.source} />;
  return checksum.matches ? (
    <Note
      tone="done"
      title={
        <>
          {words.matches} {source}
        </>
      }
    >
      {value}
    </Note>
  ) : (
    <Note
      tone="trouble"
      title={
        <>
          {words.differs} {source}
        </>
      }
    >
      <p>{words.differsAdvice}</p>
      {value}
    </Note>
  );
}
