import { finding, type Finding } from '../../contract/finding.ts';
import { type ScreenMessage, screenMessages } from './screen-messages.ts';

/** More than a screen full. */
const MOST_CHARACTERS = 8_000;

export interface ScreenExplanation extends Finding {
  readonly speaker: ScreenMessage['speaker'];
  /** The words that told it, as they were given. */
  readonly words: string;
}

/**
 * What the text on a machine's screen means, what is more particular first; empty where nothing in it is known. Needs no network.
 */
export function explainScreen(text: string): ScreenExplanation[] {
  let line = text
    .slice(0, MOST_CHARACTERS)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const found = new Map<string, ScreenExplanation>();
  for (const { pattern, code, speaker } of screenMessages) {
    const words = pattern.exec(line)?.[0].trim();
    if (words === undefined) continue;
    if (!found.has(code)) found.set(code, { ...finding(code, {}), speaker, words });
    // Words that told one thing tell no second, less particular one: nor does the number that stands before them.
    line = line.replaceAll(new RegExp(`(pxe-[em][0-9a-f]{2}: ?)?(${pattern.source})`, 'gi'), '. ');
  }
  // What only says that there is something else says nothing beside it.
  if (found.size > 1) found.delete('F_FIRMWARE_NEXT_DEVICE');
  return [...found.values()];
}
