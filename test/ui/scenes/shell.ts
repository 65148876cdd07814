import type { PastSession } from '../../../main/contract/session.ts';
import { type Scene, sceneNowMs } from './scene.ts';
import { benchStation, debianInstaller, wiredBench } from './station.ts';

const cutOffSession: PastSession = {
  id: 's-17',
  imageName: debianInstaller.name,
  entryTitle: 'Graphical install',
  interfaceName: wiredBench.name,
  rehearsal: false,
  startedAtMs: sceneNowMs - 40 * 60_000,
  machines: 12,
  finished: 5,
  draft: {
    imageId: debianInstaller.id,
    interfaceName: wiredBench.name,
    entryId: 'graphical-install',
    extraArguments: '',
    approval: { kind: 'approved' },
    afterBoot: 'local-disk',
    override: false,
  },
};

export const shellScenes: readonly Scene[] = [
  {
    name: 'shell-station-lost',
    state: benchStation,
    draft: { imageId: debianInstaller.id },
    cutOff: true,
    act: async (page) => {
      await page.getByText('does not answer').waitFor();
    },
  },
  {
    name: 'shell-resume',
    state: { ...benchStation, sessions: [cutOffSession] },
    draft: { imageId: debianInstaller.id },
  },
];
