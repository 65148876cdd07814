import { stringify } from 'yaml';
import { StationError } from '../../contract/errors.ts';
import { type Profile, profileSchema } from '../../contract/profile.ts';
import { placeOf } from '../answers/placeholder.ts';
import { readYaml } from '../answers/yaml.ts';

/** Profiles as text: YAML, in which an answer file stays readable; JSON is read as well, being YAML. Pure. */

const longestProfile = 2_000_000;

/** Always in the same order, so that two versions can be compared as text. */
export const profileText = (profile: Profile): string => stringify(profileSchema.parse(profile), { lineWidth: 0 });

/** Error: E_PROFILE_INVALID. `source` is what the text is called. */
export function readProfile(text: string, source: string): Profile {
  const invalid = (problem: string): StationError => new StationError('E_PROFILE_INVALID', { source, problem });
  if (text.length > longestProfile) throw invalid('it is larger than 2 MB');
  const { value, problems } = readYaml(text);
  const [first] = problems;
  if (first !== undefined)
    throw invalid(`line ${placeOf(text, first.offset).line}: ${first.message.replace(/\.$/, '')}`);
  if (typeof value !== 'object' || value === null || (value as { fieldboot?: unknown }).fieldboot !== 'profile') {
    throw invalid('it does not say "fieldboot: profile"');
  }
  const { version } = value as { version?: unknown };
  if (version !== 1) throw invalid(`it is of version ${JSON.stringify(version)}, and this program knows version 1`);
  const parsed = profileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(issue === undefined ? 'it is empty' : `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
}
