import { clearScreenDown, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';

/** Redraws a few lines in place on a terminal, at most `fps` times a second. */
export function createLiveTable(
  terminal: WriteStream,
  lines: () => readonly string[],
  fps = 4,
): Disposable & { note(text: string): void } {
  let drawnLines = 0;
  const erase = (): void => {
    if (drawnLines > 0) moveCursor(terminal, 0, -drawnLines);
    clearScreenDown(terminal);
    drawnLines = 0;
  };
  const draw = (): void => {
    const shown = lines().slice(0, Math.max(1, terminal.rows - 2));
    erase();
    terminal.write(shown.map((line) => `${line}\n`).join(''));
    drawnLines = shown.length;
  };
  const timer = setInterval(draw, 1000 / fps);
  return {
    /** A line that stays, above the table. */
    note(text) {
      erase();
      terminal.write(`${text}\n`);
      draw();
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      draw();
    },
  };
}
