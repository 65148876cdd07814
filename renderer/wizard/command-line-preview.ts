/** A command line with words added, in the order in which the kernel gets them. */
export interface CommandLinePreview {
  readonly before: string;
  readonly added: string;
  readonly after: string;
}

/** As the station adds words: before `---`, behind which stands what an installer hands on to the installed system. */
export function previewCommandLine(commandLine: string, extraArguments: string): CommandLinePreview {
  const words = wordsOf(commandLine);
  const separator = words.findIndex((word) => word === '---' || word === '--');
  const at = separator === -1 ? words.length : separator;
  return {
    before: words.slice(0, at).join(' '),
    added: wordsOf(extraArguments).join(' '),
    after: words.slice(at).join(' '),
  };
}

const wordsOf = (text: string): string[] => text.split(/[\s\p{Cc}]+/u).filter((word) => word !== '');
