import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../../main/contract/profile.ts';
import { profileText, readProfile } from '../../../../main/engine/profiles/profile-text.ts';

const profile: Profile = {
  fieldboot: 'profile',
  version: 1,
  name: 'Bench 3: “install”',
  image: { id: 'debian-12-abc', name: 'Debian 12', sha256: 'a'.repeat(64) },
  entryId: 'install',
  extraArguments: 'console=ttyS0',
  answer: {
    name: 'bench.cfg',
    format: 'preseed',
    files: [{ name: 'bench.cfg', text: '# it\nd-i a/b string {{@hostname}}\n\n  indented: "x"\n\ttab\n' }],
    variables: { site: 'yes', count: '007' },
  },
  secrets: ['root'],
  approval: { kind: 'listed', macs: ['52:54:00:aa:bb:01'] },
  afterBoot: 'local-disk',
};

describe('a profile', () => {
  it('is read back as it was written, and its answer file can be read by people', () => {
    const text = profileText(profile);
    expect(readProfile(text, 'x.yaml')).toEqual(profile);
    expect(text).toContain('\n        d-i a/b string {{@hostname}}\n');
    expect(readProfile(JSON.stringify(profile), 'x.json')).toEqual(profile);
  });

  it.each([
    ['', 'fieldboot: profile'],
    ['hello', 'fieldboot: profile'],
    ['fieldboot: profile\nversion: 2\n', 'version 2'],
    ['fieldboot: profile\nversion: 1\nname: x\n', 'image'],
    ['fieldboot: profile\nversion: 1\nname: x\nimage: {id: a, name: b}\nsecret: {root: x}\n', 'secret'],
    ['fieldboot: profile\nversion: 1\nname: [\n', 'line 4'],
    ['fieldboot: profile\nversion: 1\nname: x\nimage: {id: a, name: b}\nanswer: {name: a, format: preseed, files: [{name: ../x, text: a}]}\n', 'answer.files.0.name'], // prettier-ignore
    [`fieldboot: profile\n${'#'.repeat(2_000_001)}`, 'larger'],
  ])('that is none is refused with the place: %.40j', (text, words) => {
    expect(() => readProfile(text, 'mine.yaml')).toThrow(new RegExp(`^mine\\.yaml is no profile.*${words}`));
  });
});
