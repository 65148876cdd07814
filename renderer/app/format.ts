const locale = 'en';
const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as disc images are sold and wires are measured: `1.4 GB`, `812 kB`. */
export function formatBytes(bytes: number): string {
  const power = Math.max(0, Math.min(byteUnits.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  const digits = power === 0 || value >= 99.95 ? 0 : 1;
  const figure = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${figure.format(value)} ${byteUnits[power]}`;
}

export const formatRate = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`;

/** `1 Gb/s`, `2.5 Gb/s`, `100 Mb/s`. */
export function formatLinkSpeed(mbps: number): string {
  return mbps >= 1000 ? `${formatNumber(mbps / 1000)} Gb/s` : `${formatNumber(mbps)} Mb/s`;
}

/** `4096 MiB` of memory as `4 GiB`. */
export function formatMebibytes(mebibytes: number): string {
  return mebibytes >= 1024 ? `${formatNumber(mebibytes / 1024)} GiB` : `${formatNumber(mebibytes)} MiB`;
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}

export function formatPercent(percent: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(percent / 100);
}

/** `8 s`, `2 min 05 s`, `1 h 12 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${formatNumber(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `14:03:21`. */
export function formatClock(atMs: number): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  }).format(atMs);
}

/** `21 Nov 2026, 14:03`. */
export function formatDate(atMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
}

/** `14:03`. */
export function formatTime(atMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(atMs);
}

/** `Saturday, 21 November 2026`. */
export function formatDay(atMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }).format(atMs);
}

/** `1 machine`, `24 machines`. */
export function formatCount(count: number, one: string, many: string): string {
  const isOne = new Intl.PluralRules(locale).select(count) === 'one';
  return `${formatNumber(count)} ${isOne ? one : many}`;
}
