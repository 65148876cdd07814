import type { Evidence } from '../../main/contract/session.ts';
import { evidenceSchema } from '../../main/contract/session.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import styles from './evidence-mark.module.css';
import { evidenceWords, monitorMessages } from './messages.en.ts';

/** Drawn like the nodes of a rail: solid for seen, ringed for reported, dashed for inferred. */
export function EvidenceMark({ evidence }: { readonly evidence: Evidence }) {
  return (
    <span
      className={styles.mark}
      data-evidence={evidence}
      role="img"
      aria-label={evidenceWords[evidence].name}
      title={evidenceWords[evidence].meaning}
    />
  );
}

export function EvidenceLegend() {
  return (
    <ul className={styles.legend} aria-label={monitorMessages.legend.label}>
      {evidenceSchema.options.map((evidence) => (
        <li key={evidence}>
          <Tooltip text={evidenceWords[evidence].meaning}>
            <button type="button" className={styles.entry}>
              <span className={styles.mark} data-evidence={evidence} aria-hidden />
              {evidenceWords[evidence].name}
            </button>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}
