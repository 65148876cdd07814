import { classNames } from './class-names.ts';
import { inertText } from './untrusted-text.ts';
import styles from './untrusted.module.css';

interface UntrustedProps {
  /** From the network or an image: anybody's. */
  readonly text: string;
  readonly most?: number | undefined;
  /** One line with an ellipsis where there is no room. */
  readonly oneLine?: boolean | undefined;
  readonly code?: boolean | undefined;
}

/** Text from the network or an image: cut, its unseen characters shown, kept from turning the writing around it. */
export function Untrusted({ text, most, oneLine = false, code = false }: UntrustedProps) {
  const shown = inertText(text, most);
  return (
    <bdi
      className={classNames(styles.text, oneLine && styles.oneLine, code && styles.code)}
      title={oneLine ? shown : undefined}
    >
      {shown}
    </bdi>
  );
}
