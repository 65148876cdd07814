import { memo } from 'react';
import { Card } from '../ui/card.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './machine-card.module.css';

interface DistantCardProps {
  readonly mac: string;
  readonly title: string;
  readonly onOpen: (mac: string) => void;
}

/** A card that nobody sees: its place, its name and its MAC, for the keyboard, a search in the page and a screen reader. */
export const DistantCard = memo(function DistantCard({ mac, title, onOpen }: DistantCardProps) {
  return (
    <Card flush className={styles.card}>
      <h2 className={styles.name}>
        <button type="button" className={styles.distant} aria-haspopup="dialog" onClick={() => onOpen(mac)}>
          <Untrusted text={title} oneLine />
        </button>
      </h2>
      <p className={styles.mac}>{mac}</p>
    </Card>
  );
});
