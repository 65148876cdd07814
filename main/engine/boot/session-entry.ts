import type { Entry } from '../../contract/image.ts';
import { withWords } from './command-line.ts';

export interface SessionArguments {
  /** The person's own kernel command line instead of the entry's. */
  readonly commandLine?: string | undefined;
  /** Words that the person adds to every kernel command line. */
  readonly extraArguments?: string | undefined;
  /** Name of the answer file that the station serves as `answer/<name>`. */
  readonly answerFileName?: string | undefined;
  /** How the image is told of an answer file (`ImageDescription.answerFileArguments`). */
  readonly answerFileArguments?: string | undefined;
}

/** The entry as this session boots it: with an answer file, even a live system may do to disks what the file says. Pure. */
export function sessionEntry(entry: Entry, session: SessionArguments): Entry {
  const { commandLine, extraArguments = '', answerFileName, answerFileArguments = '' } = session;
  const answer = answerFileName === undefined ? '' : answerFileArguments.replaceAll('{name}', answerFileName);
  // The person's own words last: of a word that is given twice, kernels take the later one.
  const added = `${answer} ${extraArguments}`;
  return {
    ...entry,
    destructive: entry.destructive || answer !== '',
    variants: entry.variants.map((variant) => {
      const own = commandLine === undefined ? variant.commandLine : withWords('', commandLine);
      return { ...variant, commandLine: withWords(own, added) };
    }),
  };
}
