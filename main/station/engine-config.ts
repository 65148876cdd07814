import type { SessionDraft } from '../contract/session.ts';
import type { SessionConfig } from '../engine/session-config.ts';

interface EnginePlaces {
  readonly imagePath: string;
  readonly dataFolder: string;
  readonly loadersFolder: string;
}

/**
 * What an engine is started with for a draft. Pure. The wizard asks one question for all that is risky (`override`); the
 * command line allows each by itself.
 */
export function engineConfig(
  draft: SessionDraft,
  { imagePath, dataFolder, loadersFolder }: EnginePlaces,
): SessionConfig {
  const {
    imageId: _,
    answer: _answer,
    answerFile: _answerFile,
    override,
    allowUnfit,
    allowForeignDhcp,
    ...choices
  } = draft;
  return {
    ...choices,
    imagePath,
    dataFolder,
    loadersFolder,
    allowUnfitInterface: override || allowUnfit === true,
    // To hand out addresses beside another server has to be chosen, too: left open, the mode finds what is safe.
    allowForeignDhcp: (override && draft.mode === 'dhcp') || allowForeignDhcp === true,
  };
}
