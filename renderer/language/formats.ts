/** Figures, amounts and times as a language writes them. */
export type Formats = ReturnType<typeof formatsOf>;

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `locale` such as `en-GB`. The formatters are made once: making one costs more than using it a hundred times. */
export function formatsOf(locale: string) {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const oneDigit = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const usual = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const plurals = new Intl.PluralRules(locale);
  const clocks = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });

  const number = (value: number): string => usual.format(value);
  /** Decimal units, as disc images are sold and wires are measured: `1.4 GB`, `812 kB`. */
  const bytes = (count: number): string => {
    const power = Math.max(0, Math.min(byteUnits.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3)));
    const value = count / 1000 ** power;
    return `${(power === 0 || value >= 99.95 ? whole : oneDigit).format(value)} ${byteUnits[power]}`;
  };
  return {
    number,
    bytes,
    /** `12.4 MB/s`. */
    rate: (bytesPerSecond: number): string => `${bytes(bytesPerSecond)}/s`,
    /** `1 Gb/s`, `2.5 Gb/s`, `100 Mb/s`. */
    linkSpeed: (mbps: number): string => (mbps >= 1000 ? `${number(mbps / 1000)} Gb/s` : `${number(mbps)} Mb/s`),
    /** `4096 MiB` of memory as `4 GiB`. */
    mebibytes: (mebibytes: number): string =>
      mebibytes >= 1024 ? `${number(mebibytes / 1024)} GiB` : `${number(mebibytes)} MiB`,
    percent: (percent: number): string => percents.format(percent / 100),
    /** `8 s`, `2 min 05 s`, `1 h 12 min`. */
    duration: (ms: number): string => {
      const seconds = Math.max(0, Math.floor(ms / 1000));
      if (seconds < 60) return `${seconds} s`;
      const minutes = Math.floor(seconds / 60);
      if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
      return `${number(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`;
    },
    /** `14:03:21`. */
    clock: (atMs: number): string => clocks.format(atMs),
    /** `21 Nov 2026, 14:03`. */
    date: (atMs: number): string => dates.format(atMs),
    /** `14:03`. */
    time: (atMs: number): string => times.format(atMs),
    /** `Saturday, 21 November 2026`. */
    day: (atMs: number): string => days.format(atMs),
    /** `1 machine`, `24 machines`, for languages with these two forms. */
    count: (count: number, one: string, many: string): string =>
      `${number(count)} ${plurals.select(count) === 'one' ? one : many}`,
  };
}
