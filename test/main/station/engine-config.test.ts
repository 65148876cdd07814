import { describe, expect, it } from 'vitest';
import type { SessionDraft } from '../../../main/contract/session.ts';
import { engineConfig } from '../../../main/station/engine-config.ts';

const draft: SessionDraft = {
  imageId: 'debian',
  interfaceName: 'eth0',
  entryId: 'install',
  extraArguments: '',
  approval: { kind: 'approved' },
  afterBoot: 'local-disk',
  override: false,
};
const places = { imagePath: '/isos/debian.iso', dataFolder: '/data', loadersFolder: '/loaders' };

describe('engineConfig', () => {
  it('is the draft, with where everything is', () => {
    const config = engineConfig({ ...draft, mode: 'proxy', pool: 'a-b', commandLine: 'x' }, places);
    expect(config).toMatchObject({ ...places, interfaceName: 'eth0', mode: 'proxy', pool: 'a-b', commandLine: 'x' });
    expect(config).not.toHaveProperty('imageId');
  });

  it.each([
    [{}, false, false],
    [{ override: true }, true, false],
    [{ override: true, mode: 'proxy' }, true, false],
    [{ override: true, mode: 'dhcp' }, true, true],
    [{ allowUnfit: true }, true, false],
    [{ allowForeignDhcp: true }, false, true],
  ] as const)('with %j: an unfit interface %s, another DHCP server %s', (said, allowUnfitInterface, allowForeignDhcp) =>
    expect(engineConfig({ ...draft, ...said }, places)).toMatchObject({ allowUnfitInterface, allowForeignDhcp }),
  );

  it.each([[undefined], [false], [true]])('asks for other servers as it is told: %s', (probe) =>
    expect(engineConfig({ ...draft, probe }, places).probe).toBe(probe),
  );
});
