import { monitorScenes } from './monitor.ts';
import type { Scene } from './scene.ts';
import { shellScenes } from './shell.ts';
import { wizardScenes } from './wizard.ts';

/** Every state of every screen that is looked at, by people and by axe. */
export const scenes: readonly Scene[] = [...wizardScenes, ...monitorScenes, ...shellScenes];
