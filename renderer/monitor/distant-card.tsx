import { memo } from 'react';
import { Card } from '../ui/card.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './machine-card.module.css';

interface DistantCardProps {
  readonly clientId: string;
  readonly mac: string;
  readonly title: string;
  readonly onOpen: (clientId: string) => void;
}

/** A card that nobody sees: its place, its name and its MAC, for the keyboard, a search in the page and a screen reader. */
export const DistantCard = memo(function DistantCard({ clientId, mac, title, onOpen }: DistantCardProps) {
  return (
    <Card flush className={styles.card}>
      <h2 className={styles.name}>
        <button type="button" className={styles.distant} aria-haspopup="dialog" onClick={() => onOpen(clientId)}>
          <Untrusted text={title} oneLine />
        </button>
      </h2>
      <p className={styles.mac}>{mac}</p>
    </Card>
  );
});
