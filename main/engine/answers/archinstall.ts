import { readJson } from './json.ts';
import type { TextProblem } from './placeholder.ts';

/** archinstall --config and --creds. */

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function checkArchinstall(text: string): TextProblem[] {
  const { value, problems } = readJson(text);
  if (problems.length > 0) return problems;
  if (!isObject(value)) return [{ offset: 0, message: 'archinstall takes an object: { … }.' }];
  if (value['disk_config'] !== undefined || value['harddrives'] !== undefined) return [];
  return [{ offset: 0, severity: 'warning', message: 'archinstall will ask how to divide the disk (disk_config).' }];
}

export function checkArchinstallCredentials(text: string): TextProblem[] {
  const { value, problems } = readJson(text);
  if (problems.length > 0) return problems;
  return isObject(value) ? [] : [{ offset: 0, message: 'archinstall takes an object: { … }.' }];
}
