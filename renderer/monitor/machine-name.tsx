import { Pencil } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { MonitoredClient } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { IconButton } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import styles from './machine-name.module.css';
import { titleOf } from './machine-title.ts';
import { monitorCatalogue } from './messages.ts';
import { useSayError } from './use-say-error.ts';

interface MachineNameProps {
  readonly client: MonitoredClient;
  /** Makes the name the button that shows everything about the machine. */
  readonly onOpen?: ((clientId: string) => void) | undefined;
}

/** A machine's name, which is given and changed where it stands. */
export function MachineName({ client, onOpen }: MachineNameProps) {
  const words = useMessages(monitorCatalogue).rename;
  const isReadOnly = useStation(({ station }) => station.readOnly);
  const [isEditing, setIsEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // The field is gone: whoever used the keyboard goes on from where they were.
    if (wasEditing.current && !isEditing) pencil.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  const title = titleOf(client);
  if (isEditing) return <NameField client={client} onDone={() => setIsEditing(false)} />;
  return (
    <span className={styles.name}>
      {onOpen === undefined ? (
        <Untrusted text={title} oneLine />
      ) : (
        <button type="button" className={styles.open} aria-haspopup="dialog" onClick={() => onOpen(client.id)}>
          <Untrusted text={title} oneLine />
        </button>
      )}
      {!isReadOnly && (
        <IconButton
          ref={pencil}
          size="small"
          className={styles.rename}
          label={`${words.start}: ${inertText(title, 40)}`}
          icon={<Pencil aria-hidden />}
          onClick={() => setIsEditing(true)}
        />
      )}
    </span>
  );
}

function NameField({ client, onDone }: { readonly client: MonitoredClient; readonly onDone: () => void }) {
  const words = useMessages(monitorCatalogue).rename;
  const rename = useCall('clients.rename');
  const [name, setName] = useState(client.name ?? '');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const keep = async (): Promise<void> => {
    if (name.trim() === (client.name ?? '')) return onDone();
    const done = await rename.run({ clientId: client.id, name: name.trim() });
    if (done !== undefined) onDone();
  };
  useSayError(rename.error);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') void keep();
    if (event.key === 'Escape') {
      // Escape leaves the field, not the drawer that it may be in.
      event.stopPropagation();
      onDone();
    }
  };
  return (
    <Input
      ref={field}
      className={styles.field}
      aria-label={words.label}
      title={words.hint}
      placeholder={inertText(titleOf({ ...client, name: undefined }), 40)}
      value={name}
      maxLength={100}
      aria-busy={rename.busy}
      onChange={({ target }) => setName(target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => void keep()}
    />
  );
}
