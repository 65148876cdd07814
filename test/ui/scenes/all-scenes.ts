import { answerScenes } from './answers.ts';
import { languageScenes } from './language.ts';
import { monitorScenes } from './monitor.ts';
import { machineListScenes } from './machine-lists.ts';
import { placesScenes } from './places.ts';
import type { Scene } from './scene.ts';
import { shellScenes } from './shell.ts';
import { wizardImageScenes } from './wizard-image.ts';
import { wizardNetworkScenes } from './wizard-network.ts';
import { wizardStartScenes } from './wizard-start.ts';

/** Every state of every screen that is looked at, by people and by axe. */
export const scenes: readonly Scene[] = [
  ...wizardImageScenes,
  ...wizardNetworkScenes,
  ...wizardStartScenes,
  ...answerScenes,
  ...monitorScenes,
  ...placesScenes,
  ...machineListScenes,
  ...shellScenes,
  ...languageScenes,
];
