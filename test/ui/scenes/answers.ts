import type { Answer, AnswerPreview, StoredAnswer } from '../../../main/contract/answer.ts';
import type { StoredProfile } from '../../../main/contract/profile.ts';
import type { StationState } from '../../../main/contract/state.ts';
import { type Scene, type SceneAnswers, sceneNowMs } from './scene.ts';
import { benchStation, debianInstaller, rescueSystem } from './station.ts';
import { answers as allWell, ready } from './wizard-answers.ts';

/** Answer files and profiles: in the library, in the wizard, and while one is written. */

const text = `# Bench 3: erases the first disk.
d-i debian-installer/locale string en_GB.UTF-8
d-i netcfg/get_hostname string {{@hostname}}
d-i time/zone string Europe/Berlin

d-i partman-auto/method string regular
d-i partman/confirm boolean true
d-i partman/confirm_nooverwrite boolean true

d-i passwd/make-user boolean false
d-i passwd/root-password password {{@secret.root}}
d-i passwd/user-fullname string {{@owner}}

tasksel tasksel/first multiselect standard, ssh-server
d-i preseed/late_command string in-target sh -c "echo {{@serial}} > /etc/asset"
`;
const preseed: Answer = { name: 'Bench 3 preseed', format: 'preseed', files: [{ name: 'bench.cfg', text }] };
const autoinstall: Answer = {
  name: 'Lab autoinstall',
  format: 'cloud-init',
  files: [{ name: 'user-data', text: '#cloud-config\nautoinstall:\n  version: 1\n  identity:\n    hostname: {{@hostname}}\n    username: lab\n    password: {{@secret.hash}}\n' }], // prettier-ignore
};

const stored = (id: string, { name, format, files }: Answer, own: Partial<StoredAnswer> = {}): StoredAnswer => ({
  id,
  name,
  format,
  revision: 3,
  sha256: '658b28e209b578fe788ec5867deebae57b6aac5fce3692bbb116bab9c65568b3',
  changedAtMs: sceneNowMs - 3_600_000,
  files: files.map((file) => ({ name: file.name, sizeBytes: file.text.length })),
  mainFile: files[0]?.name ?? '',
  variables: ['owner'],
  secrets: ['root'],
  ...own,
});

const library: StoredAnswer[] = [
  stored('bench-3', preseed),
  stored('lab', autoinstall, { revision: 1, variables: [], secrets: ['hash'], changedAtMs: sceneNowMs - 90_000_000 }),
  stored('ks', { name: 'Rack kickstart', format: 'kickstart', files: [{ name: 'rack.ks', text: '' }] }, { revision: 12, variables: [], secrets: [], changedAtMs: sceneNowMs - 900_000_000 }), // prettier-ignore
];
const profile = (id: string, name: string, own: Partial<StoredProfile> = {}): StoredProfile => ({
  id,
  name,
  changedAtMs: sceneNowMs - 86_400_000,
  image: { id: debianInstaller.id, name: debianInstaller.name, sha256: library[0]?.sha256 },
  entryId: 'install',
  answerName: 'Bench 3 preseed',
  secrets: ['root'],
  ...own,
});
const state: StationState = {
  ...benchStation,
  answers: library,
  profiles: [
    profile('bench-3', 'Bench 3: Debian, erases disks'),
    profile('rescue', 'Rescue for a dying disk', { image: { id: rescueSystem.id, name: rescueSystem.name }, answerName: undefined, secrets: [] }), // prettier-ignore
  ],
};

const filled = text
  .replace('{{@hostname}}', 'pc-01')
  .replace('{{@secret.root}}', '••••••••')
  .replace('{{@owner}}', 'Ann O’Hara')
  .replace('{{@serial}}', 'EXAMPLE-1');

const preview = (own: Partial<AnswerPreview> = {}): AnswerPreview => ({
  files: [{ name: 'bench.cfg', text: filled }],
  problems: [],
  variables: [],
  ...own,
});
const wrong: AnswerPreview = preview({
  files: [],
  problems: [
    { file: 'bench.cfg', line: 7, column: 21, severity: 'error', message: 'partman/confirm takes true or false.' },
    { file: 'bench.cfg', line: 12, column: 34, severity: 'error', message: 'Nothing gives ownre a value.' },
    {
      file: 'bench.cfg',
      line: 1,
      column: 1,
      severity: 'warning',
      message: 'The installer will ask for the first user.',
    },
  ],
});
const withPreview = (said: AnswerPreview): SceneAnswers => ({
  ...allWell,
  'answers.preview': () => said,
  'answers.read': ({ answerId, revision }) => ({
    answer: answerId === 'lab' ? autoinstall : preseed,
    revision: revision ?? 3,
    history: [3, 2, 1].map((one) => ({ revision: one, sha256: '', atMs: sceneNowMs - (4 - one) * 3_600_000 })),
  }),
});
const right = withPreview(preview());
const chosen = { answer: { answerId: 'bench-3', variables: { owner: 'Ann O’Hara' } }, secrets: { root: 'x' } };

export const answerScenes: readonly Scene[] = [
  { name: 'answers-boot-none', state, draft: { ...ready, step: 'boot' }, answers: right },
  {
    name: 'answers-boot-chosen',
    state,
    draft: { ...ready, ...chosen, step: 'boot' },
    answers: right,
    act: async (page) => await page.getByText('No mistakes found').waitFor(),
  },
  {
    name: 'answers-boot-wrong',
    state,
    draft: { ...ready, ...chosen, answer: { answerId: 'bench-3', variables: {} }, step: 'boot' },
    answers: withPreview(wrong),
    act: async (page) => await page.getByText('2 mistakes').waitFor(),
  },
  {
    name: 'answers-editor',
    state,
    draft: { ...ready, ...chosen, step: 'boot' },
    answers: right,
    act: async (page) => {
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      await page.getByLabel('bench.cfg as a machine gets it').waitFor();
    },
  },
  {
    name: 'answers-editor-wrong',
    state,
    hash: '#/library',
    answers: withPreview(wrong),
    act: async (page) => {
      await page.getByRole('button', { name: 'Answer files' }).click();
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      await page.getByText('takes true or false').waitFor();
    },
  },
  {
    name: 'answers-library',
    state,
    hash: '#/library',
    answers: right,
    act: async (page) => {
      await page.getByRole('button', { name: 'Answer files' }).click();
      await page.getByText('Revision 2').waitFor();
    },
  },
  {
    name: 'answers-library-empty',
    state: benchStation,
    hash: '#/library',
    act: async (page) => await page.getByRole('button', { name: 'Answer files' }).click(),
  },
  {
    name: 'profiles-library',
    state,
    hash: '#/library',
    answers: right,
    act: async (page) => await page.getByRole('button', { name: 'Profiles' }).click(),
  },
  { name: 'profiles-choose', state, draft: { step: 'image', imageId: debianInstaller.id, profileId: 'bench-3' } },
  {
    name: 'profiles-save',
    state,
    draft: { ...ready, ...chosen, step: 'start' },
    answers: right,
    act: async (page) => {
      await page.getByText('Ready to start').waitFor();
      await page.getByRole('button', { name: 'Save as a profile' }).click();
    },
  },
];
