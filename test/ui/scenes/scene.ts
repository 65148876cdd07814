import type { Page } from 'playwright-core';
import type { CallArg, CallName, CallValue } from '../../../main/contract/calls.ts';
import type { Change } from '../../../main/contract/changes.ts';
import type { StationError } from '../../../main/contract/errors.ts';
import type { StationState } from '../../../main/contract/state.ts';
import type { WizardDraft } from '../../../renderer/store/wizard-draft.ts';

/** What a scene's station can do beside answering. */
export interface SceneControl {
  readonly state: StationState;
  readonly tell: (change: Change) => void;
}

/** An answer, an error, or `never` for a station that is still busy with it. */
export type SceneAnswers = {
  readonly [Name in CallName]?: (
    arg: CallArg<Name>,
    control: SceneControl,
  ) => CallValue<Name> | StationError | 'never' | Promise<CallValue<Name>>;
};

/** One state of one screen: what the station knows and answers, and how a person got there. */
export interface Scene {
  /** Names its screenshots: `wizard-image-empty`. */
  readonly name: string;
  readonly state: StationState;
  readonly answers?: SceneAnswers;
  /** Fragment of the address: `#/library`. */
  readonly hash?: string;
  /** What the wizard holds from before. */
  readonly draft?: Partial<WizardDraft>;
  /** A moment's script of changes that the station tells after the snapshot. */
  readonly changes?: readonly Change[];
  /** What the person does before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
  /** The station does not answer: the line is cut after the snapshot. */
  readonly cutOff?: boolean;
  /** Shown in the README, in this theme. */
  readonly inReadme?: 'light' | 'dark';
}

/** The moment of all scenes. */
export const sceneNowMs = Date.UTC(2026, 10, 22, 14, 3, 20);
