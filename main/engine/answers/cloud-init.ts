import type { TextProblem } from './placeholder.ts';
import { readYaml } from './yaml.ts';

/** cloud-init's NoCloud files, and the autoinstall of Ubuntu's installer that is carried in user-data. */

/** What the first line says that user-data is (cloud-init, user-data formats). */
export function userDataKind(text: string): 'cloud-config' | 'jinja' | 'script' | 'other' | 'unknown' {
  const first = text.split('\n', 1)[0]?.trimEnd() ?? '';
  if (first === '#cloud-config' || first === '#cloud-config-archive') return 'cloud-config';
  if (first.startsWith('## template:')) return 'jinja';
  if (first.startsWith('#!')) return 'script';
  return /^(#include|#cloud-boothook|#part-handler|Content-Type:|MIME-Version:)/i.test(first) ? 'other' : 'unknown';
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function checkUserData(text: string): TextProblem[] {
  const kind = userDataKind(text);
  if (kind === 'unknown') {
    return [{ offset: 0, message: 'The first line has to be #cloud-config; cloud-init ignores the file otherwise.' }];
  }
  if (kind !== 'cloud-config') return [];
  const { value, problems, keyOffset } = readYaml(text);
  if (problems.length > 0) return problems;
  if (Array.isArray(value)) return [];
  if (!isMapping(value)) return [{ offset: 0, message: 'It holds no settings.' }];
  return 'autoinstall' in value ? checkAutoinstall(value['autoinstall'], keyOffset('autoinstall')) : [];
}

function checkAutoinstall(value: unknown, offset: number): TextProblem[] {
  if (!isMapping(value)) return [{ offset, message: 'autoinstall holds no settings.' }];
  const problems: TextProblem[] = [];
  if (value['version'] !== 1) problems.push({ offset, message: 'autoinstall needs version: 1.' });
  const { identity } = value;
  const isInteractive = value['interactive-sections'] !== undefined;
  if (identity === undefined && value['user-data'] === undefined && !isInteractive) {
    problems.push({ offset, message: 'autoinstall needs an identity (or user-data that makes a user).' });
  }
  if (identity !== undefined) {
    const lacking = ['hostname', 'username', 'password'].filter(
      (key) => !isMapping(identity) || identity[key] === undefined,
    );
    if (lacking.length > 0) problems.push({ offset, message: `identity lacks ${lacking.join(', ')}.` });
    const password = isMapping(identity) ? identity['password'] : undefined;
    if (typeof password === 'string' && password !== '' && !/^[$*!]/.test(password)) {
      const message = 'identity.password has to be a hash as mkpasswd makes it; the installed system takes no other.';
      problems.push({ offset, severity: 'warning', message });
    }
  }
  return problems;
}

export function checkMetaData(text: string): TextProblem[] {
  const { value, problems } = readYaml(text);
  if (problems.length > 0) return problems;
  return isMapping(value) && ['string', 'number'].includes(typeof value['instance-id'])
    ? []
    : [{ offset: 0, message: 'meta-data needs an instance-id.' }];
}

/** What is made where a person gives no meta-data: cloud-init takes a seed without it for none. */
export const standardMetaData = 'instance-id: {{@mac-plain}}\nlocal-hostname: {{@hostname}}\n';
