import { StationError } from '../contract/errors.ts';
import type { Profile } from '../contract/profile.ts';
import { type AfterBoot, afterBootSchema } from '../contract/session.ts';
import type { SessionAnswer } from '../engine/answers/session-answers.ts';
import { dataFolder } from '../engine/data-folder.ts';
import { resolveImage } from '../engine/images/library.ts';
import { readLibrary } from '../engine/images/library-file.ts';
import { readAnswer, readFormat, readSecrets, readVariables } from './answer-input.ts';
import { profileOf } from './profiles.ts';
import { readMode } from './read-mode.ts';
import { readMachines, readPolicy } from './serve-input.ts';

/** The options of `serve` that say what machines get; the profile says what they leave open. */
export interface ChoiceOptions {
  readonly image?: string;
  readonly profile?: string;
  readonly interface: string;
  readonly mode: string;
  readonly address?: string;
  readonly pool?: string;
  readonly entry?: string;
  readonly policy?: string;
  readonly afterBoot?: string;
  readonly append?: string;
  readonly answer?: string;
  readonly answerFile?: string;
  readonly format?: string;
  readonly machines?: string;
  readonly var?: string[];
  readonly secret?: string[];
}

const usage = (problem: string): StationError => new StationError('E_USAGE', { problem });

/** Errors: E_USAGE, and those of the files that the options name. */
export async function readChoices(options: ChoiceOptions) {
  const profile = options.profile === undefined ? undefined : await profileOf(options.profile);
  return {
    imagePath: await imagePath(options, profile),
    interfaceName: options.interface,
    mode: readMode(options.mode),
    address: options.address,
    pool: options.pool,
    entryId: options.entry ?? profile?.entryId,
    commandLine: profile?.commandLine,
    approval: (await readPolicy(options.policy)) ?? profile?.approval,
    afterBoot: readAfterBoot(options.afterBoot) ?? profile?.afterBoot,
    extraArguments: options.append ?? profile?.extraArguments ?? '',
    answer: await readSessionAnswer(options, profile),
    machines: await readMachines(options.machines),
  };
}

async function imagePath({ image }: ChoiceOptions, profile: Profile | undefined): Promise<string> {
  if (image !== undefined) return (await resolveImage(image, dataFolder())).path;
  if (profile === undefined)
    throw usage('--image is missing: a path, or an id of the library. A --profile names one, too.');
  const { id, sha256, name } = profile.image;
  const images = await readLibrary(dataFolder());
  const found =
    images.find((one) => one.id === id) ?? images.find((one) => sha256 !== undefined && one.sha256 === sha256);
  if (found !== undefined) return found.path;
  throw new StationError('E_PROFILE_IMAGE_MISSING', { profile: profile.name, image: name, imageId: id });
}

async function readSessionAnswer(
  options: ChoiceOptions,
  profile: Profile | undefined,
): Promise<SessionAnswer | undefined> {
  const path = options.answer ?? options.answerFile;
  const { variables: ofProfile = {}, ...kept } = profile?.answer ?? {};
  const answer = path === undefined ? answerOf(kept) : await readAnswer(path, readFormat(options.format));
  const values = {
    variables: { ...ofProfile, ...readVariables(options.var) },
    secrets: await readSecrets(options.secret),
  };
  return answer === undefined ? undefined : { answer, ...values };
}

const answerOf = (kept: Partial<SessionAnswer['answer']>): SessionAnswer['answer'] | undefined =>
  kept.name === undefined || kept.format === undefined || kept.files === undefined
    ? undefined
    : { name: kept.name, format: kept.format, files: kept.files };

function readAfterBoot(value: string | undefined): AfterBoot | undefined {
  if (value === undefined) return undefined;
  const parsed = afterBootSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw usage(`--after-boot ${value} is unknown; it takes ${afterBootSchema.options.join(' or ')}.`);
}
