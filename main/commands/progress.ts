import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';

/** A progress bar for work that takes more than a moment: one line on a terminal's stderr, nothing where stderr is piped. */
export interface ProgressBar extends Disposable {
  readonly update: (progress: { readonly doneBytes: number; readonly totalBytes: number }) => void;
}

/** Work that is done sooner needs no bar. */
const silentMs = 400;
const redrawMs = 100;

export function createProgressBar(
  label: string,
  terminal: Pick<WriteStream, 'isTTY' | 'columns' | 'write'> & NodeJS.WritableStream = process.stderr,
  clock: () => number = () => performance.now(),
): ProgressBar {
  const startedMs = clock();
  let drawnMs = -Infinity;
  let isDrawn = false;
  const erase = (): void => {
    if (!isDrawn) return;
    cursorTo(terminal, 0);
    clearLine(terminal, 0);
    isDrawn = false;
  };
  return {
    update({ doneBytes, totalBytes }) {
      const nowMs = clock();
      if (!terminal.isTTY || nowMs - startedMs < silentMs || nowMs - drawnMs < redrawMs) return;
      drawnMs = nowMs;
      erase();
      terminal.write(
        progressLine({ label, doneBytes, totalBytes, elapsedMs: nowMs - startedMs }, terminal.columns || 80),
      );
      isDrawn = true;
    },
    [Symbol.dispose]: erase,
  };
}

export interface ProgressState {
  readonly label: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly elapsedMs: number;
}

/** Pure: "Hashing  [#####.....]  50 %  2.1 of 4.2 GB  410 MB/s  5 s left", cut to the width of the terminal. */
export function progressLine({ label, doneBytes, totalBytes, elapsedMs }: ProgressState, widthColumns: number): string {
  const share = totalBytes === 0 ? 1 : Math.min(1, doneBytes / totalBytes);
  const bytesPerSecond = elapsedMs > 0 ? doneBytes / (elapsedMs / 1000) : 0;
  const left = bytesPerSecond > 0 ? `${formatSeconds((totalBytes - doneBytes) / bytesPerSecond)} left` : '';
  const facts = [
    `${Math.floor(share * 100)} %`.padStart(5),
    `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`,
    `${formatBytes(bytesPerSecond)}/s`,
    left,
  ].join('  ');
  const barWidth = Math.min(30, widthColumns - label.length - facts.length - 7);
  const filled = Math.round(share * Math.max(0, barWidth));
  const bar = barWidth < 5 ? '' : `  [${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`;
  return `${label}${bar}  ${facts}`.slice(0, Math.max(0, widthColumns - 1)).trimEnd();
}

/** Decimal units, as disks and downloads are sold. */
export function formatBytes(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const) {
    if (bytes >= size) return `${(bytes / size).toFixed(bytes / size < 100 ? 1 : 0)} ${unit}`;
  }
  return `${Math.round(bytes)} B`;
}

function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 100) return `${whole} s`;
  return `${Math.round(whole / 60)} min`;
}
