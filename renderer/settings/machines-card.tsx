import { Download, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import styles from './machines-card.module.css';
import { MachinesPreview } from './machines-preview.tsx';
import { settingsCatalogue } from './messages.ts';
import { readBase64 } from './read-base64.ts';

const LARGEST_BYTES = 2_000_000;

/** The machines that the person knows: taken from a spreadsheet, and given back as one. */
export function MachinesCard() {
  const words = useMessages(settingsCatalogue).machines;
  const machines = useStation((station) => station.machines);
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [isTooLarge, setTooLarge] = useState(false);
  const read = useCall('machines.read');
  const write = useCall('machines.export');
  const [list, setList] = useState<typeof read.value>();
  const kept = machines.filter(({ address }) => address !== undefined).length;

  const look = async (file: File | undefined): Promise<void> => {
    read.forgetError();
    setTooLarge(file !== undefined && file.size > LARGEST_BYTES);
    if (file === undefined || file.size > LARGEST_BYTES) return;
    setName(file.name);
    setList(await read.run({ name: file.name.slice(0, 255), base64: await readBase64(file) }));
  };
  const save = async (): Promise<void> => {
    const written = await write.run({});
    if (written !== undefined) download(words.exportName, written.csv);
  };
  const error = read.error ?? write.error;
  return (
    <Card className={styles.card}>
      <div className={styles.words}>
        <h2 className={styles.title}>{words.title}</h2>
        <p className={styles.hint}>{words.hint}</p>
        <p className={styles.count}>{machines.length === 0 ? words.none : words.count(machines.length, kept)}</p>
      </div>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hidden
        aria-label={words.import}
        onChange={({ target }) => {
          void look(target.files?.[0]);
          // The same file can be chosen again after it was edited.
          target.value = '';
        }}
      />
      <div className={styles.actions}>
        <Button icon={<Upload aria-hidden />} busy={read.busy} onClick={() => input.current?.click()}>
          {words.import}
        </Button>
        {machines.length > 0 && (
          <Button kind="quiet" icon={<Download aria-hidden />} busy={write.busy} onClick={() => void save()}>
            {words.export}
          </Button>
        )}
      </div>
      {isTooLarge && <Note tone="trouble" title={words.tooLarge} urgent />}
      {error !== undefined && <ErrorNote error={error} />}
      {list !== undefined && (
        <MachinesPreview name={name} list={list} isFirst={machines.length === 0} onClose={() => setList(undefined)} />
      )}
    </Card>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
