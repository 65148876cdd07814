import type { Evidence } from '../../main/contract/session.ts';
import { evidenceSchema } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import styles from './evidence-mark.module.css';
import { monitorCatalogue } from './messages.ts';

/** Drawn like the nodes of a rail: solid for seen, ringed for reported, dashed for inferred. */
export function EvidenceMark({ evidence }: { readonly evidence: Evidence }) {
  const messages = useMessages(monitorCatalogue);
  return (
    <span
      className={styles.mark}
      data-evidence={evidence}
      role="img"
      aria-label={messages.evidence[evidence].name}
      title={messages.evidence[evidence].meaning}
    />
  );
}

export function EvidenceLegend() {
  const messages = useMessages(monitorCatalogue);
  return (
    <ul className={styles.legend} aria-label={messages.legend.label}>
      {evidenceSchema.options.map((evidence) => (
        <li key={evidence}>
          <Tooltip text={messages.evidence[evidence].meaning}>
            <button type="button" className={styles.entry}>
              <span className={styles.mark} data-evidence={evidence} aria-hidden />
              {messages.evidence[evidence].name}
            </button>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}
