/** As a person says it: "40 seconds", "12 minutes", "3 hours". */
export function roughDuration(seconds: number): string {
  if (seconds < 100) return plural(Math.round(seconds), 'second');
  if (seconds < 100 * 60) return plural(Math.round(seconds / 60), 'minute');
  return plural(Math.round(seconds / 3600), 'hour');
}

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
