import { describe, expect, it } from 'vitest';
import type { NetworkInterface } from '../../../main/contract/network.ts';
import type { LibraryImage } from '../../../main/contract/state.ts';
import {
  type WizardDraft,
  canBeChosen,
  completeDraft,
  draftAgain,
  draftOfProfile,
  emptyDraft,
  parseFirst,
  parseMacs,
  parseVendors,
  withImage,
  withInterface,
  withOverride,
} from '../../../renderer/store/wizard-draft.ts';
import { sessionDraftSchema } from '../../../main/contract/session.ts';

const entry = (id: string, destructive: boolean) => ({ id, title: id, destructive, variants: [] });
const image = {
  id: 'deb',
  name: 'Debian',
  state: 'ready',
  description: { entries: [entry('install', true), entry('rescue', false)], defaultEntryId: 'install' },
} as unknown as LibraryImage;
const network = { name: 'eth0', fit: true, addresses: [] as NetworkInterface['addresses'] } as NetworkInterface;
const station = { images: [image], interfaces: [network, { ...network, name: 'wlan0', fit: false }] };
const draft = (own: Partial<WizardDraft> = {}): WizardDraft => ({
  ...emptyDraft,
  imageId: 'deb',
  interfaceName: 'eth0',
  ...own,
});

describe('withOverride', () => {
  it.each([
    [undefined, true, true, 'dhcp'],
    ['proxy', true, true, 'dhcp'],
    [undefined, true, false, undefined],
    ['proxy', true, false, 'proxy'],
    ['dhcp', false, false, undefined],
    ['proxy', false, false, 'proxy'],
  ] as const)('of mode %s: %s, beside a server %s, gives mode %s', (mode, override, isBesideServer, after) =>
    expect(withOverride(draft({ mode }), override, isBesideServer)).toMatchObject({ override, mode: after }),
  );
});

describe('canBeChosen', () => {
  const wired = { ...network, kind: 'wired', link: 'up', defaultRoute: false } as const;
  it.each<[string, Partial<NetworkInterface>, boolean]>([
    ['one that is fit', {}, true],
    ['one whose cable is not in yet', { fit: false, link: 'down' }, true],
    ['a wireless one', { fit: false, kind: 'wireless' }, false],
    ['a virtual one that is down', { fit: false, kind: 'virtual', link: 'down' }, false],
    ['a part of a bridge', { fit: false, link: 'down', partOf: 'br0' }, false],
    ['the way to a network that others use', { fit: false, defaultRoute: true }, true],
    ['a wireless way to it', { fit: false, kind: 'wireless', defaultRoute: true }, false],
  ])('%s: %j', (_what, own, can) => expect(canBeChosen({ ...wired, ...own })).toBe(can));
});

describe('completeDraft', () => {
  it.each<[string, WizardDraft, string]>([
    ['nothing', emptyDraft, 'image'],
    ['an image that is not there', draft({ imageId: 'gone' }), 'image'],
    ['no interface', draft({ interfaceName: undefined }), 'interface'],
    ['an interface that went away', draft({ interfaceName: 'eth9' }), 'interface'],
    ['an unfit interface', draft({ interfaceName: 'wlan0' }), 'interface'],
    ['an entry of another image', draft({ entryId: 'memtest' }), 'entry'],
    ['an empty list of machines', draft({ approval: 'listed' }), 'macs'],
    ['a list with a mistake', draft({ approval: 'listed', listedMacs: '3c:97:0e:52:1a:07 x' }), 'macs'],
  ])('lacks something with %s', (_what, given, lacking) => {
    expect(completeDraft(given, station)).toEqual({ lacking });
  });

  it('lacks the image while it is being read or its file is gone', () => {
    for (const state of ['checking', 'missing', 'changed', 'unreadable'] as const) {
      expect(completeDraft(draft(), { ...station, images: [{ ...image, state }] })).toEqual({ lacking: 'image' });
    }
  });

  it('lacks an image that can be booted where the chosen one has no way', () => {
    const netboot = { possible: false, because: 'It wants its disc.' } as const;
    const description = image.description && { ...image.description, entries: [], netboot };
    expect(completeDraft(draft(), { ...station, images: [{ ...image, description }] })).toEqual({ lacking: 'netboot' });
  });

  it('asks for approval where an answer file may tell a live system to erase disks', () => {
    const description = image.description && { ...image.description, answerFileArguments: 'auto {name}' };
    const answered = draft({ entryId: 'rescue', answer: { answerId: 'a', variables: {} } });
    const complete = completeDraft(answered, { ...station, images: [{ ...image, description }] });
    expect(complete).toMatchObject({ draft: { approval: { kind: 'approved' }, afterBoot: 'local-disk' } });
  });

  it('takes the image’s own entry and, where that can erase disks, asks for approval', () => {
    expect(completeDraft(draft(), station)).toMatchObject({
      draft: { entryId: 'install', approval: { kind: 'approved' }, afterBoot: 'local-disk' },
    });
    expect(completeDraft(draft({ entryId: 'rescue' }), station)).toMatchObject({
      draft: { entryId: 'rescue', approval: { kind: 'every-machine' }, afterBoot: 'boot-again' },
    });
  });

  it('says who gives out addresses only where a person said so, and not of another network', () => {
    expect(completeDraft(draft({ mode: 'proxy' }), station)).toMatchObject({ draft: { mode: 'proxy' } });
    const open = completeDraft(draft(), station);
    expect('draft' in open && 'mode' in open.draft).toBe(false);
    expect(withInterface(draft({ mode: 'proxy' }), 'eth1').mode).toBeUndefined();
  });

  it('is what the station takes', () => {
    const complete = completeDraft(
      draft({
        address: '192.168.77.1/24',
        commandLine: 'own {mac}',
        extraArguments: '  quiet ',
        approval: 'listed',
        listedMacs: '3C-97-0E-52-1A-07',
        answer: { answerId: 'a', variables: { owner: 'Ann' } },
      }),
      station,
    );
    const sent = 'draft' in complete ? complete.draft : undefined;
    expect(sessionDraftSchema.parse(sent)).toEqual(sent);
    expect(sent).toMatchObject({
      extraArguments: 'quiet',
      approval: { kind: 'listed', macs: ['3c:97:0e:52:1a:07'] },
      address: '192.168.77.1/24',
    });
  });
});

describe('the address for the session', () => {
  it('is left out where the interface has one of its own meanwhile', () => {
    const withAddress: NetworkInterface = {
      ...network,
      addresses: [{ address: '10.0.0.2', prefixLength: 24, family: 'IPv4' }],
    };
    const complete = completeDraft(draft({ address: '192.168.77.1/24' }), { ...station, interfaces: [withAddress] });
    expect('draft' in complete && complete.draft).not.toHaveProperty('address');
  });
});

describe('another image or interface', () => {
  const chosen = draft({
    entryId: 'rescue',
    approval: 'every-machine',
    override: true,
    address: '192.168.77.1/24',
    commandLine: 'x',
  });

  it('forgets what was said about the one before', () => {
    expect(withImage(chosen, 'other')).toMatchObject({
      entryId: undefined,
      commandLine: undefined,
      approval: undefined,
      override: false,
    });
    expect(withInterface(chosen, 'eth1')).toMatchObject({ address: undefined, override: false });
  });

  it('is the same draft where it is the same one', () => {
    expect(withImage(chosen, 'deb')).toBe(chosen);
    expect(withInterface(chosen, 'eth0')).toBe(chosen);
  });
});

describe('parseMacs', () => {
  it.each([
    ['3c:97:0e:52:1a:07', ['3c:97:0e:52:1a:07'], []],
    [
      '3C-97-0E-52-1A-07, 0011.2233.4455;aabbccddeeff',
      ['3c:97:0e:52:1a:07', '00:11:22:33:44:55', 'aa:bb:cc:dd:ee:ff'],
      [],
    ],
    ['3c:97:0e:52:1a:07\n3c970e521a07', ['3c:97:0e:52:1a:07'], []],
    ['3c:97:0e:52:1a', [], ['3c:97:0e:52:1a']],
    ['3c:97:0e:52:1a:07:08 g0:00:00:00:00:00', [], ['3c:97:0e:52:1a:07:08', 'g0:00:00:00:00:00']],
    ['  \n ', [], []],
  ])('%j', (text, macs, invalid) => {
    expect(parseMacs(text)).toEqual({ macs, invalid });
  });
});

describe('draftAgain', () => {
  const earlier = {
    imageId: 'debian',
    interfaceName: 'enp3s0',
    address: '192.168.77.1/24',
    entryId: 'install',
    commandLine: 'own {mac}',
    extraArguments: 'quiet',
    answer: { answerId: 'a', variables: { owner: 'Ann' } },
    approval: { kind: 'listed' as const, macs: ['00:00:00:00:00:01', '00:00:00:00:00:02'] },
    afterBoot: 'boot-again' as const,
    override: true,
  };

  it('takes every choice over, to be looked over before the start', () => {
    const { imageId, interfaceName, address, entryId, commandLine, extraArguments, answer, afterBoot } = earlier;
    expect(draftAgain(earlier)).toEqual({
      step: 'start',
      imageId,
      interfaceName,
      address,
      entryId,
      commandLine,
      extraArguments,
      answer,
      approval: 'listed',
      listedMacs: '00:00:00:00:00:01\n00:00:00:00:00:02',
      afterBoot,
      ruleVendors: '',
      ruleFirst: '',
      ruleMachineList: false,
      override: false,
    });
  });

  it('asks again before it overrides a danger', () => {
    expect(draftAgain({ ...earlier, approval: { kind: 'approved' } })).toMatchObject({
      override: false,
      listedMacs: '',
    });
  });
});

describe('rules by which machines boot', () => {
  it.each([
    ['Dell, HP', ['Dell', 'HP'], []],
    [' Dell ,, Dell', ['Dell'], []],
    ['x, Dell', ['Dell'], ['x']],
    ['', [], []],
  ])('name makers: %j', (text, vendors, invalid) => expect(parseVendors(text)).toEqual({ vendors, invalid }));

  it.each([
    ['', 0],
    [' 4 ', 4],
    ['4096', 4096],
    ['4097', undefined],
    ['-1', undefined],
    ['a', undefined],
  ])('name how many: %j', (text, first) => expect(parseFirst(text)).toBe(first));
});

describe('draftOfProfile', () => {
  it('says everything but the network and the secrets', () => {
    const before = {
      ...emptyDraft,
      interfaceName: 'enp3s0',
      override: true,
      secrets: { root: 'x' },
      commandLine: 'old',
    };
    const said = {
      imageId: 'deb',
      imageName: 'Debian',
      image: 'there',
      entryId: 'install',
      extraArguments: 'quiet',
      answer: { answerId: 'a', variables: { owner: 'Ann' } },
      approval: { kind: 'listed', macs: ['52:54:00:aa:bb:01'] },
      afterBoot: 'local-disk',
      secrets: ['root'],
    } as const;
    expect(
      draftOfProfile(
        before,
        { ...said, secrets: ['root'], approval: { kind: 'listed', macs: ['52:54:00:aa:bb:01'] } },
        'p',
      ),
    ).toEqual({
      ...emptyDraft,
      interfaceName: 'enp3s0',
      profileId: 'p',
      imageId: 'deb',
      entryId: 'install',
      commandLine: undefined,
      extraArguments: 'quiet',
      answer: { answerId: 'a', variables: { owner: 'Ann' } },
      secrets: undefined,
      approval: 'listed',
      listedMacs: '52:54:00:aa:bb:01',
      afterBoot: 'local-disk',
    });
  });
});
