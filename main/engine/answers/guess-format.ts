import type { AnswerFormat } from '../../contract/answer.ts';
import { userDataKind } from './cloud-init.ts';

/** What kind of answer file a text most likely is, by what stands in it; its name only where the text does not tell. Pure. */
export function guessFormat(name: string, text: string): AnswerFormat {
  if (/<profile\b[^>]*yast2ns/.test(text)) return 'autoyast';
  if (/<unattend\b[^>]*urn:schemas-microsoft-com:unattend/.test(text)) return 'autounattend';
  const kind = userDataKind(text);
  if (kind === 'cloud-config' || kind === 'jinja' || /^(user|meta|vendor)-data$/.test(name)) return 'cloud-init';
  if (/^\s*d-i\s+\S+\/\S+\s+\S+/m.test(text)) return 'preseed';
  if (/^\s*\{[^]*"(archinstall-language|disk_config|bootloader|profile_config|locale_config)"/.test(text))
    return 'archinstall';
  if (/^(KEYMAPOPTS|DISKOPTS|INTERFACESOPTS)=/m.test(text)) return 'alpine';
  if (/^%(packages|post|pre)\b/m.test(text) || /^(autopart|clearpart|rootpw|bootloader)\b/m.test(text))
    return 'kickstart';
  if (/\.ks$/i.test(name) || /^ks\.cfg$/i.test(name)) return 'kickstart';
  if (/preseed|\.seed$/i.test(name)) return 'preseed';
  return 'plain';
}
