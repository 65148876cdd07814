import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { IconButton } from './button.tsx';
import styles from './drawer.module.css';

interface DrawerProps {
  readonly onClose: () => void;
  readonly closeLabel: string;
  /** For screen readers. */
  readonly label: string;
  /** Where it stands. */
  readonly place: RefObject<HTMLElement | null>;
  /** In sight above what scrolls. */
  readonly header: ReactNode;
  readonly children: ReactNode;
}

/** More about one thing, beside the others, which stay in sight and in use. Escape closes it. */
export function Drawer({ onClose, closeLabel, label, place, header, children }: DrawerProps) {
  return (
    <Dialog.Root open modal={false} disablePointerDismissal onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal container={place} className={styles.portal}>
        <Dialog.Popup className={styles.drawer} aria-label={label}>
          <div className={styles.header}>
            <div className={styles.words}>{header}</div>
            <Dialog.Close render={<IconButton label={closeLabel} icon={<X aria-hidden />} />} />
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
          <div className={styles.body} tabIndex={0} role="region" aria-label={label}>
            {children}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
