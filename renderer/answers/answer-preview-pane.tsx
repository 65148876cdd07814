import type { AnswerPreview, PreviewMachine } from '../../main/contract/answer.ts';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import type { CallError } from '../transport/transport.ts';
import { CodeEditor } from '../ui/code-editor.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Select } from '../ui/select.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import styles from './answer-editor.module.css';
import own from './answer-preview-pane.module.css';
import { answerCatalogue } from './messages.ts';

interface AnswerPreviewPaneProps {
  readonly preview: AnswerPreview | undefined;
  readonly error: CallError | undefined;
  readonly fileName: string;
  readonly machine: PreviewMachine;
  readonly onMachine: (machine: PreviewMachine) => void;
}

const mostShown = 200;

/** What one machine gets: the whole file with its values, secrets as dots. */
export function AnswerPreviewPane({ preview, error, fileName, machine, onMachine }: AnswerPreviewPaneProps) {
  const words = useMessages(answerCatalogue).editor;
  const clients = useStation((station) => station.clients);
  const machines = useStation((station) => station.machines);
  const shown = preview?.files.find(({ name }) => name === fileName);
  const options = [
    { value: '', label: words.example },
    ...machines.slice(0, mostShown).map(({ line, name, hostName, macs: [mac], serial }) => ({
      value: `${line}`,
      label: words.listed(inertText(hostName ?? name ?? mac ?? serial ?? '', 40)),
    })),
    ...clients.slice(0, mostShown).map(({ mac, name, serial }) => ({
      value: mac,
      label: [name, mac, serial].filter((part) => part !== undefined).map((part) => inertText(part, 40)).join(' · '), // prettier-ignore
    })),
  ];
  return (
    <section className={styles.pane} aria-label={words.preview}>
      <div className={styles.head}>
        <h3 className={styles.heading}>{words.preview}</h3>
        {options.length > 1 && (
          <Select
            className={own.machine}
            aria-label={words.machine}
            value={valueOf(machine)}
            options={options}
            onChange={(value) => onMachine(machineOf(value))}
          />
        )}
      </div>
      <div className={styles.code}>
        {error !== undefined ? (
          <ErrorNote error={error} />
        ) : preview === undefined ? (
          <div className={own.nothing}>
            <Spinner label={words.checking} />
          </div>
        ) : shown === undefined ? (
          <p className={own.nothing}>{words.noPreview}</p>
        ) : (
          <CodeEditor label={words.previewText(fileName)} value={shown.text} />
        )}
      </div>
    </section>
  );
}

function valueOf(machine: PreviewMachine): string {
  if (machine.kind === 'client') return machine.mac;
  return machine.kind === 'listed' ? `${machine.line}` : '';
}

function machineOf(value: string): PreviewMachine {
  if (value === '') return { kind: 'example' };
  return /^\d+$/.test(value) ? { kind: 'listed', line: Number(value) } : { kind: 'client', mac: value };
}
