/** Fills the placeholders of an entry's command line (see `bootVariantSchema`), each in the loader's own words. */
export interface PlaceholderValues {
  /** Base URL of the station, without a slash at its end. */
  readonly http?: string | undefined;
  readonly iso: string;
  readonly ip?: string | undefined;
  readonly port?: string | undefined;
  readonly mac?: string | undefined;
  /** MAC with hyphens, as `BOOTIF=01-…` wants it. */
  readonly 'mac-'?: string | undefined;
}

const placeholder = /\{(http|iso|ip|port|mac-?)\}/g;

/**
 * The command line as its words. A word whose placeholder has no value for this loader is left out: a kernel is better
 * off without `BOOTIF=` than with a wrong one.
 */
export function commandLineWords(commandLine: string, values: PlaceholderValues): string[] {
  return commandLine
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => word !== '')
    .flatMap((word) => {
      let known = true;
      const filled = word.replace(placeholder, (_whole, name: keyof PlaceholderValues) => {
        const value = values[name];
        if (value === undefined) known = false;
        return value ?? '';
      });
      return known ? [filled] : [];
    });
}

/** True where the command line cannot work without the address of the station. */
export const needsBaseUrl = (commandLine: string): boolean => /\{(http|ip|port)\}/.test(commandLine);

/**
 * A command line with more words. They go before `---`, behind which stands what an installer hands on to the system that it
 * installs.
 */
export function withWords(commandLine: string, added: string): string {
  const split = (text: string): string[] => text.split(/[\s\p{Cc}]+/u).filter((word) => word !== '');
  const words = split(commandLine);
  const separator = words.findIndex((word) => word === '---' || word === '--');
  const at = separator === -1 ? words.length : separator;
  return [...words.slice(0, at), ...split(added), ...words.slice(at)].join(' ');
}
