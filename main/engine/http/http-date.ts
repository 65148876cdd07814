/** Dates of HTTP headers (RFC 9110 section 5.6.7). Pure. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sun, 06 Nov 1994 08:49:37 GMT`; parts of a second are cut off. */
export const formatHttpDate = (atMs: number): string => new Date(atMs).toUTCString();

const TIME = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`;
const forms = [
  // IMF-fixdate, then the two obsolete forms that a server must still understand.
  new RegExp(String.raw`^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) ${TIME} GMT$`),
  new RegExp(String.raw`^[A-Z][a-z]{5,8}, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) ${TIME} GMT$`),
  new RegExp(String.raw`^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) ${TIME} (?<year>\d{4})$`),
];

/** Milliseconds since the epoch; undefined for what is no HTTP date. */
export function parseHttpDate(text: string): number | undefined {
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts === undefined) continue;
    const month = MONTHS.indexOf(parts['month'] ?? '');
    const [day, hour, minute, second] = ['day', 'hour', 'minute', 'second'].map((name) => Number(parts[name]));
    if (month === -1 || day === undefined) return undefined;
    return Date.UTC(fullYear(parts['year'] ?? ''), month, day, hour, minute, second);
  }
  return undefined;
}

// No file of ours is from before 1970, so a year of two digits needs no clock to be understood.
const fullYear = (year: string): number =>
  year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
