import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { StationError } from '../contract/errors.ts';
import type { Profile } from '../contract/profile.ts';
import { dataFolder } from '../engine/data-folder.ts';
import { listProfiles, openProfile, saveProfile } from '../engine/profiles/profile-store.ts';
import { profileText, readProfile } from '../engine/profiles/profile-text.ts';
import { printJson, printLine, printable } from './output.ts';
import { formatTable } from './table.ts';

export function addProfilesCommand(program: Command): void {
  const profiles = program.command('profiles').description('choices of earlier sessions, to be used again');
  profiles
    .command('list')
    .description('the profiles that are kept')
    .option('--json', 'print one JSON document')
    .action(list);
  profiles
    .command('export')
    .description('prints a profile as one file, without secrets')
    .argument('<NAME>', 'name or id of the profile')
    .option('--out <FILE>', 'write it there instead')
    .action(exportProfile);
  profiles
    .command('import')
    .description('keeps the profile of a file')
    .argument('<FILE>', 'a file that was exported')
    .option('--json', 'print one JSON document')
    .action(importProfile);
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const profiles = await listProfiles(dataFolder());
  if (json === true) return printJson({ profiles });
  if (profiles.length === 0)
    return printLine('There are no profiles. The app saves one from the last step of a session.');
  const rows = profiles.map(({ id, name, image, answerName, secrets }) => [
    id,
    name,
    image.name,
    answerName ?? '-',
    secrets.join(', ') || '-',
  ]);
  for (const line of formatTable(['ID', 'NAME', 'IMAGE', 'ANSWER FILE', 'ASKS FOR'], rows)) printLine(line);
}

async function exportProfile(name: string, { out }: { out?: string }): Promise<void> {
  const text = profileText(await profileOf(name));
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(out, text).catch((error: Error) => {
    throw new StationError('E_OUTPUT_NOT_WRITABLE', { path: out, reason: error.message }, { cause: error });
  });
  printLine(`Wrote ${printable(out)}.`);
}

async function importProfile(path: string, { json }: { json?: boolean }): Promise<void> {
  const profile = await readProfileFile(path);
  const id = await saveProfile(dataFolder(), profile);
  if (json === true) return printJson({ id, profile: { ...profile, answer: profile.answer?.name } });
  printLine(`Kept ${printable(profile.name)} as ${id}.`);
  if (profile.secrets.length > 0) printLine(`  It asks for: ${profile.secrets.map(printable).join(', ')}.`);
}

/** A profile by id, by name, or the file it stands in. Errors: E_PROFILE_NOT_FOUND, E_PROFILE_INVALID. */
export async function profileOf(word: string): Promise<Profile> {
  const kept = await listProfiles(dataFolder());
  const found = kept.find(({ id }) => id === word) ?? kept.find(({ name }) => name === word);
  return found === undefined ? await readProfileFile(word) : await openProfile(dataFolder(), found.id);
}

async function readProfileFile(path: string): Promise<Profile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new StationError('E_PROFILE_NOT_FOUND', { profile: path }, { cause: error });
  });
  return readProfile(text, path);
}
