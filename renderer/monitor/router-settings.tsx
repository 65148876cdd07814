import { Router } from 'lucide-react';
import { useState } from 'react';
import type { RouterSettings } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { useCopy } from '../ui/use-copy.ts';
import { monitorCatalogue } from './messages.ts';
import styles from './router-settings.module.css';

/** What the network's own DHCP server has to say for machines that do not listen to this station beside it. */
export function RouterSettingsButton({ settings }: { readonly settings: readonly RouterSettings[] }) {
  const words = useMessages(monitorCatalogue).router;
  const [isOpen, setOpen] = useState(false);
  const [server, setServer] = useState<RouterSettings['server']>('router');
  const copy = useCopy(words);
  const text = settings.find((one) => one.server === server)?.text ?? '';
  return (
    <>
      <Button kind="quiet" icon={<Router aria-hidden />} onClick={() => setOpen(true)}>
        {words.open}
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setOpen(false)}
        size="wide"
        title={words.title}
        description={words.text}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{words.close}</Button>
            <Button kind="primary" onClick={() => copy(text)}>
              {words.copy}
            </Button>
          </>
        }
      >
        <Segmented
          label={words.servers}
          value={server}
          options={settings.map((one) => ({ value: one.server, label: words.server[one.server] })).toReversed()}
          onChange={setServer}
        />
        {/* Reached by the keyboard, as it scrolls. */}
        <pre className={styles.text} tabIndex={0} aria-label={words.server[server]}>
          {text}
        </pre>
      </Dialog>
    </>
  );
}
