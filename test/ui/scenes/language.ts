import { labMachines, monitorStation, runningSession } from './machines.ts';
import { placesScenes } from './places.ts';
import type { Scene } from './scene.ts';
import { benchStation, debianInstaller } from './station.ts';
import { answers, onBench, ready } from './wizard-answers.ts';

/** In the pseudo-language, whose words are 40 % longer: whether there is room for another one. */
const longer = (scene: Scene): Scene => ({
  ...scene,
  state: { ...scene.state, settings: { ...scene.state.settings, language: 'en-XA' } },
});

const place = (name: string): Scene => {
  const scene = placesScenes.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`no scene is called ${name}`);
  return { ...scene, name: `language-${name}` };
};

export const languageScenes: readonly Scene[] = [
  { name: 'language-wizard-image', state: benchStation, draft: { imageId: debianInstaller.id } },
  { name: 'language-wizard-network', state: benchStation, draft: { ...onBench, step: 'network' as const }, answers },
  { name: 'language-wizard-boot', state: benchStation, draft: { ...ready, step: 'boot' as const } },
  { name: 'language-wizard-start', state: benchStation, draft: { ...ready, step: 'start' as const }, answers },
  { name: 'language-monitor-bench', state: monitorStation },
  {
    name: 'language-monitor-lab',
    state: { ...monitorStation, session: runningSession, clients: [...labMachines] },
  },
  place('sessions'),
  place('settings'),
].map(longer);
