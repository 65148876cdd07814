import type { Scene } from './scene.ts';
import { benchStation, emptyStation } from './station.ts';

export const wizardScenes: readonly Scene[] = [
  { name: 'wizard-image-empty', state: emptyStation },
  { name: 'wizard-image-library', state: benchStation },
];
