import { describe, expect, it } from 'vitest';
import { withWords } from '../../../main/engine/boot/command-line.ts';
import { previewCommandLine } from '../../../renderer/wizard/command-line-preview.ts';

describe('previewCommandLine', () => {
  it.each([
    ['vga=788 --- quiet', 'console=ttyS0'],
    ['a b', ''],
    ['', ' x  y '],
    ['', ''],
    ['a -- b --- c', 'x'],
    ['a\u0000b', '\n\tx'],
  ])('%j with %j is what the station makes of it', (commandLine, added) => {
    const shown = Object.values(previewCommandLine(commandLine, added)).filter((part) => part !== '');
    expect(shown.join(' ')).toBe(withWords(commandLine, added));
  });
});
