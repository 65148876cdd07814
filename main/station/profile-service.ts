import type { CallValue } from '../contract/calls.ts';
import { StationError } from '../contract/errors.ts';
import type { Profile, ProfileChoices } from '../contract/profile.ts';
import { openAnswer } from '../engine/answers/answer-store.ts';
import { askedNames } from '../engine/answers/session-answers.ts';
import { listProfiles, openProfile, removeProfile, saveProfile } from '../engine/profiles/profile-store.ts';
import { profileText, readProfile } from '../engine/profiles/profile-text.ts';
import type { AnswerService } from './answer-service.ts';
import type { StateHolder } from './state-holder.ts';

/** Profiles as the user interface sees them. */
export interface ProfileService {
  save(name: string, choices: ProfileChoices, profileId: string | undefined): Promise<string>;
  rename(profileId: string, name: string): Promise<void>;
  duplicate(profileId: string): Promise<string>;
  remove(profileId: string): Promise<void>;
  /** What it says, with its answer file in the library. */
  choose(profileId: string): Promise<CallValue<'profiles.choose'>>;
  exportText(profileId: string): Promise<CallValue<'profiles.export'>>;
  importText(text: string, fileName: string): Promise<string>;
}

export function createProfileService(options: {
  readonly holder: StateHolder;
  readonly dataFolder: string;
  readonly answers: Pick<AnswerService, 'save'>;
}): ProfileService {
  const { holder, dataFolder, answers } = options;
  const keep = async (profile: Profile, profileId?: string): Promise<string> => {
    const id = await saveProfile(dataFolder, profile, profileId);
    holder.change({ event: 'profiles.changed', value: await listProfiles(dataFolder) });
    return id;
  };
  return {
    async save(name, { imageId, answer, ...choices }, profileId) {
      const image = holder.state.images.find(({ id }) => id === imageId);
      if (image === undefined) throw new StationError('E_IMAGE_NOT_FOUND', { path: imageId });
      const opened = answer === undefined ? undefined : (await openAnswer(dataFolder, answer.answerId)).answer;
      const profile: Profile = {
        fieldboot: 'profile',
        version: 1,
        name,
        image: { id: image.id, name: image.name, ...(image.sha256 === undefined ? {} : { sha256: image.sha256 }) },
        ...choices,
        ...(opened === undefined ? {} : { answer: { ...opened, variables: answer?.variables ?? {} } }),
        secrets: opened === undefined ? [] : askedNames(opened).secrets,
      };
      return await keep(profile, profileId);
    },
    async rename(profileId, name) {
      await keep({ ...(await openProfile(dataFolder, profileId)), name }, profileId);
    },
    async duplicate(profileId) {
      const profile = await openProfile(dataFolder, profileId);
      return await keep({ ...profile, name: `${profile.name.slice(0, 90)} (copy)` });
    },
    async remove(profileId) {
      await removeProfile(dataFolder, profileId);
      holder.change({ event: 'profiles.changed', value: await listProfiles(dataFolder) });
    },
    async choose(profileId) {
      const { image, answer, approval, afterBoot, secrets, ...rest } = await openProfile(dataFolder, profileId);
      const kept = holder.state.images.find(({ id }) => id === image.id);
      const { variables = {}, ...text } = answer ?? {};
      const answerId =
        answer === undefined ? undefined : (await answers.save({ ...answer, ...text }, undefined)).answerId;
      return {
        imageId: image.id,
        imageName: image.name,
        // Another file of the same name is another image.
        image: kept === undefined ? 'missing' : differs(image.sha256, kept.sha256) ? 'other-content' : 'there',
        ...(rest.entryId === undefined ? {} : { entryId: rest.entryId }),
        ...(rest.commandLine === undefined ? {} : { commandLine: rest.commandLine }),
        extraArguments: rest.extraArguments ?? '',
        ...(answerId === undefined ? {} : { answer: { answerId, variables } }),
        ...(approval === undefined ? {} : { approval }),
        ...(afterBoot === undefined ? {} : { afterBoot }),
        secrets,
      };
    },
    async exportText(profileId) {
      return { fileName: `${profileId}.yaml`, text: profileText(await openProfile(dataFolder, profileId)) };
    },
    importText: async (text, fileName) => await keep(readProfile(text, fileName)),
  };
}

const differs = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a !== b;
