import { type Ref, type UIEvent, useImperativeHandle, useMemo, useRef } from 'react';
import styles from './code-editor.module.css';

export interface LineMark {
  /** From 1. */
  readonly line: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export interface CodeEditorHandle {
  /** Puts the cursor at a place and brings it into sight. Both from 1. */
  readonly goTo: (line: number, column: number) => void;
  /** Writes at the cursor, in place of what is selected. */
  readonly insert: (text: string) => void;
}

interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  /** Without it the text can be read and copied only. */
  readonly onChange?: ((value: string) => void) | undefined;
  readonly marks?: readonly LineMark[] | undefined;
  readonly handle?: Ref<CodeEditorHandle> | undefined;
  readonly placeholder?: string | undefined;
}

/** Colouring a very long text at every key would be felt. */
const LONGEST_COLOURED = 60_000;

/** Text with line numbers, marks at lines, and placeholders in colour: a text area, so that it is edited as everywhere else. */
export function CodeEditor({ label, value, onChange, marks = [], handle, placeholder }: CodeEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const colours = useRef<HTMLPreElement>(null);
  const lines = useMemo(() => value.split('\n').length, [value]);
  const numbers = useMemo(() => Array.from({ length: lines }, (_, index) => index + 1).join('\n'), [lines]);
  const follow = ({ currentTarget }: UIEvent<HTMLTextAreaElement>): void => {
    const { scrollTop, scrollLeft } = currentTarget;
    if (gutter.current !== null) gutter.current.style.transform = `translateY(${-scrollTop}px)`;
    if (colours.current !== null) colours.current.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
  };
  useImperativeHandle(handle, () => ({
    goTo(line, column) {
      const element = area.current;
      if (element === null) return;
      const before = element.value.split('\n').slice(0, line - 1).join('\n'); // prettier-ignore
      const at = Math.min(element.value.length, before.length + (line > 1 ? 1 : 0) + column - 1);
      element.focus();
      element.setSelectionRange(at, at);
      const lineHeight = Number.parseFloat(getComputedStyle(element).lineHeight);
      element.scrollTop = Math.max(0, (line - 4) * lineHeight);
    },
    insert(text) {
      const element = area.current;
      if (element === null || onChange === undefined) return;
      element.focus();
      const { selectionStart: start, selectionEnd: end } = element;
      onChange(element.value.slice(0, start) + text + element.value.slice(end));
      requestAnimationFrame(() => element.setSelectionRange(start + text.length, start + text.length));
    },
  }));
  return (
    <div className={styles.editor} data-read-only={onChange === undefined}>
      <div className={styles.margin} aria-hidden style={{ width: `calc(${String(lines).length}ch + 30px)` }}>
        <div ref={gutter} className={styles.gutter}>
          <pre className={styles.numbers}>{numbers}</pre>
          {marks.map(({ line, severity, message }) => (
            <span
              key={`${line} ${message}`}
              className={styles.mark}
              data-severity={severity}
              title={message}
              style={{ top: `calc((${line} - 1) * var(--line-height))` }}
            />
          ))}
        </div>
      </div>
      <div className={styles.surface}>
        {value.length <= LONGEST_COLOURED && (
          <pre ref={colours} className={styles.colours} aria-hidden>
            {coloured(value)}
            {'\n'}
          </pre>
        )}
        <textarea
          ref={area}
          className={styles.area}
          data-coloured={value.length <= LONGEST_COLOURED}
          aria-label={label}
          value={value}
          placeholder={placeholder}
          readOnly={onChange === undefined}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          wrap="off"
          onScroll={follow}
          onChange={({ target }) => onChange?.(target.value)}
        />
      </div>
    </div>
  );
}

function coloured(text: string) {
  return text.split(/(\{\{@[^{}\n]*\}\}|•{8})/).map((part, index) =>
    index % 2 === 1 ? (
      // oxlint-disable-next-line react/no-array-index-key -- parts have no other identity than their place
      <mark key={index} className={styles.placeholder}>
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
