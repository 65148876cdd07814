import { latin1, uint16le, uint8 } from './byte-fields.ts';

/** Times as images record them, as milliseconds since the epoch; undefined where none is recorded or it is nonsense. */

interface CalendarTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond?: number;
  /** East of UTC. */
  readonly offsetMinutes: number;
}

function epochMs(time: CalendarTime): number | undefined {
  if (time.month < 1 || time.month > 12 || time.day < 1 || time.day > 31) return undefined;
  if (time.hour > 23 || time.minute > 59 || time.second > 60) return undefined;
  const local = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  const utc = local + (time.millisecond ?? 0) - time.offsetMinutes * 60_000;
  return Number.isFinite(utc) ? utc : undefined;
}

const signed8 = (value: number): number => (value << 24) >> 24;

/** ECMA-119 9.1.5, 7 bytes: years since 1900, then a quarter-hour offset from UTC. */
export function directoryTimeMs(bytes: Uint8Array, offset: number): number | undefined {
  return epochMs({
    year: 1900 + uint8(bytes, offset),
    month: uint8(bytes, offset + 1),
    day: uint8(bytes, offset + 2),
    hour: uint8(bytes, offset + 3),
    minute: uint8(bytes, offset + 4),
    second: uint8(bytes, offset + 5),
    offsetMinutes: signed8(uint8(bytes, offset + 6)) * 15,
  });
}

/** ECMA-119 8.4.26.1, 17 bytes: digits YYYYMMDDHHMMSSCC, then a quarter-hour offset from UTC. */
export function longTimeMs(bytes: Uint8Array, offset: number): number | undefined {
  const digits = latin1(bytes, offset, 16);
  if (!/^\d{16}$/.test(digits)) return undefined;
  const field = (from: number, to: number): number => Number(digits.slice(from, to));
  return epochMs({
    year: field(0, 4),
    month: field(4, 6),
    day: field(6, 8),
    hour: field(8, 10),
    minute: field(10, 12),
    second: field(12, 14),
    millisecond: field(14, 16) * 10,
    offsetMinutes: signed8(uint8(bytes, offset + 16)) * 15,
  });
}

/** ECMA-167 1/7.3, 12 bytes: a 12-bit offset in minutes, where -2047 means that none was recorded. */
export function udfTimeMs(bytes: Uint8Array, offset: number): number | undefined {
  const minutes = ((uint16le(bytes, offset) & 0x0fff) << 20) >> 20;
  return epochMs({
    year: uint16le(bytes, offset + 2),
    month: uint8(bytes, offset + 4),
    day: uint8(bytes, offset + 5),
    hour: uint8(bytes, offset + 6),
    minute: uint8(bytes, offset + 7),
    second: uint8(bytes, offset + 8),
    millisecond: uint8(bytes, offset + 9) * 10,
    offsetMinutes: minutes === -2047 ? 0 : minutes,
  });
}

/** The two 16-bit fields of a FAT record, which name no time zone: read as UTC, to 2 s. A date of 0 is none. */
export function dosTimeMs(date: number, time: number): number | undefined {
  if (date === 0) return undefined;
  return epochMs({
    year: 1980 + (date >> 9),
    month: (date >> 5) & 0x0f,
    day: date & 0x1f,
    hour: time >> 11,
    minute: (time >> 5) & 0x3f,
    second: (time & 0x1f) * 2,
    offsetMinutes: 0,
  });
}
