import { ArrowUp, Disc3, Folder } from 'lucide-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useFormats, useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Input } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './file-browser.module.css';
import { wizardCatalogue } from './messages.ts';

interface FileBrowserProps {
  readonly onChoose: (path: string) => void;
  readonly onClose: () => void;
}

/** The station's own folders, for a browser, which has no dialog that tells a path. */
export function FileBrowser({ onChoose, onClose }: FileBrowserProps) {
  const words = useMessages(wizardCatalogue).browser;
  const format = useFormats();
  const list = useCall('files.list');
  const [chosen, setChosen] = useState<string>();
  const [typed, setTyped] = useState<string>();
  const { run } = list;
  useEffect(() => {
    void run({});
  }, [run]);
  const open = (folder: string): void => {
    setChosen(undefined);
    setTyped(undefined);
    void run({ folder });
  };
  const folder = list.value;
  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={words.title}
      description={words.description}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button
            kind="primary"
            disabled={chosen === undefined}
            onClick={() => {
              if (chosen !== undefined) onChoose(chosen);
            }}
          >
            {words.choose}
          </Button>
        </>
      }
    >
      <div className={styles.bar}>
        <IconButton
          kind="plain"
          label={words.up}
          icon={<ArrowUp aria-hidden />}
          disabled={folder?.parent === undefined}
          onClick={() => folder?.parent !== undefined && open(folder.parent)}
        />
        <Input
          code
          aria-label={words.folder}
          value={typed ?? folder?.folder ?? ''}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || typed === undefined || typed === '') return;
            event.preventDefault();
            open(typed);
          }}
        />
      </div>
      {list.error !== undefined && <ErrorNote error={list.error} />}
      <div className={styles.panes}>
        <ul className={styles.places} aria-label={words.places}>
          {folder?.shortcuts.map(({ name, path }) => (
            <li key={path}>
              <button
                type="button"
                className={styles.place}
                aria-current={path === folder.folder ? 'location' : undefined}
                onClick={() => open(path)}
              >
                <Untrusted text={name} oneLine />
              </button>
            </li>
          ))}
        </ul>
        <div className={styles.list} aria-busy={list.busy}>
          {folder === undefined ? (
            list.busy && <Spinner label={words.loading} />
          ) : (
            <ul aria-label={words.entries} onKeyDown={moveFocus}>
              {folder.entries.map(({ name, path, type, sizeBytes, modifiedAtMs }) => {
                const Icon = type === 'folder' ? Folder : Disc3;
                return (
                  <li key={path}>
                    <button
                      type="button"
                      className={styles.entry}
                      aria-pressed={type === 'image' ? path === chosen : undefined}
                      onClick={() => (type === 'folder' ? open(path) : setChosen(path))}
                      onDoubleClick={() => type === 'image' && onChoose(path)}
                    >
                      <Icon aria-hidden />
                      <span className={styles.name}>
                        <Untrusted text={name} oneLine />
                      </span>
                      <span className={styles.figure}>{modifiedAtMs !== undefined && format.date(modifiedAtMs)}</span>
                      <span className={styles.size}>{sizeBytes !== undefined && format.bytes(sizeBytes)}</span>
                    </button>
                  </li>
                );
              })}
              {folder.entries.length === 0 && <li className={styles.empty}>{words.empty}</li>}
            </ul>
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** Arrow keys go from row to row. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll('button')];
  const at = rows.findIndex((row) => row === document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
}
