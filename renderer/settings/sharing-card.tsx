import { Copy } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Switch } from '../ui/switch.tsx';
import { useCopy } from '../ui/use-copy.ts';
import { settingsCatalogue } from './messages.ts';
import styles from './sharing-card.module.css';

/** A read-only address for a phone, with its QR code, while it is switched on. */
export function SharingCard() {
  const words = useMessages(settingsCatalogue).sharing;
  const sharing = useStation((station) => station.sharing);
  const start = useCall('sharing.start');
  const stop = useCall('sharing.stop');
  const copy = useCopy(words);
  const error = start.error ?? stop.error;
  const toggle = (on: boolean): void => {
    start.forgetError();
    stop.forgetError();
    void (on ? start : stop).run({});
  };
  return (
    <Card className={styles.card}>
      <h2 className={styles.title}>{words.title}</h2>
      <Switch
        label={words.label}
        hint={words.hint}
        checked={sharing !== null}
        disabled={start.busy || stop.busy}
        onChange={toggle}
      />
      {error !== undefined && <ErrorNote error={error} />}
      {sharing !== null && (
        <div className={styles.shared}>
          {/* As an image, an SVG runs no script and loads nothing. */}
          <img
            className={styles.code}
            src={`data:image/svg+xml,${encodeURIComponent(sharing.qrSvg)}`}
            alt={words.qr}
            width={168}
            height={168}
          />
          <div className={styles.words}>
            <p>{words.scan}</p>
            <p className={styles.address}>{sharing.url}</p>
            <p className={styles.hint}>{words.off}</p>
            <Button size="small" icon={<Copy aria-hidden />} onClick={() => copy(sharing.url)}>
              {words.copy}
            </Button>
          </div>
        </div>
      )}
    </Card>
  );
}
