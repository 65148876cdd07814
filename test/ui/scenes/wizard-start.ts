import { StationError } from '../../../main/contract/errors.ts';
import type { Scene } from './scene.ts';
import { imageCheck } from '../../../main/engine/preflight/image-checks.ts';
import { benchStation, debianInstaller, libraryImage, memoryTest, unknownImage } from './station.ts';
import { onBench, ready, withCheck, answers } from './wizard-answers.ts';

/** Steps 3 and 4 in all their states. */
export const wizardStartScenes: readonly Scene[] = [
  { name: 'wizard-boot', state: benchStation, draft: { ...ready, step: 'boot' } },
  {
    name: 'wizard-boot-every-machine',
    state: benchStation,
    draft: {
      ...ready,
      step: 'boot',
      approval: 'every-machine',
      extraArguments: 'auto=true priority=critical netcfg/choose_interface=auto',
    },
  },
  {
    name: 'wizard-boot-own-line',
    state: { ...benchStation, images: [libraryImage(unknownImage)] },
    draft: {
      ...ready,
      imageId: unknownImage.id,
      step: 'boot',
      commandLine: 'loglevel=7 diag=full station={http}',
      extraArguments: 'nomodeset',
    },
  },
  {
    name: 'wizard-boot-rules',
    state: benchStation,
    draft: {
      ...ready,
      step: 'boot',
      approval: 'rules',
      ruleVendors: 'Dell, Lenovo, x',
      ruleFirst: '4',
      ruleMachineList: true,
    },
  },
  {
    name: 'wizard-boot-listed',
    state: benchStation,
    draft: {
      ...ready,
      step: 'boot',
      approval: 'listed',
      listedMacs: '3c:97:0e:52:1a:07\n00-1B-21-AA-BB-CC\n0011.2233.4455\nnot-a-mac',
    },
  },
  {
    name: 'wizard-start-ready',
    state: benchStation,
    draft: { ...ready, step: 'start' },
    answers,
    act: async (page) => {
      await page.getByText('Ready to start').waitFor();
    },
    inReadme: 'light',
  },
  {
    name: 'wizard-start-harmless',
    state: benchStation,
    draft: { ...ready, imageId: memoryTest.id, step: 'start', afterBoot: 'boot-again' },
    answers,
    act: async (page) => {
      await page.getByText('Ready to start').waitFor();
    },
  },
  {
    name: 'wizard-start-blocked',
    state: benchStation,
    draft: { ...onBench, step: 'start' },
    answers: {
      'session.preflight': () => ({
        checks: withCheck({
          id: 'address',
          state: 'failed',
          detail: 'enp3s0 has no IPv4 address.',
          advice: 'Let Fieldboot give it one for the session.',
          fix: 'assign-address',
        }),
        ready: false,
      }),
    },
    act: async (page) => {
      await page.getByText('must pass first').waitFor();
    },
  },
  {
    name: 'wizard-start-checksum',
    state: benchStation,
    draft: { ...ready, step: 'start' },
    answers: {
      'session.preflight': () => ({
        checks: withCheck(
          imageCheck({ ok: true, value: debianInstaller }, { checksum: { source: 'SHA256SUMS', matches: false } }),
        ),
        ready: false,
      }),
    },
    act: async (page) => {
      await page.getByText('must pass first').waitFor();
    },
  },
  {
    name: 'wizard-start-foreign',
    state: benchStation,
    draft: { ...ready, step: 'start' },
    answers: {
      'session.preflight': () => ({
        checks: withCheck({
          id: 'foreign-dhcp',
          state: 'failed',
          detail: '192.168.178.1 (AVM) offered 192.168.178.61 on enp3s0.',
          advice: 'Unplug the bench from that network, then check again.',
          fix: 'retry',
        }).map((check) =>
          check.id === 'ports'
            ? {
                ...check,
                state: 'warning' as const,
                detail: 'TCP 80 is taken by nginx; port 8080 is used instead.',
                required: false,
              }
            : check,
        ),
        ready: false,
      }),
    },
    act: async (page) => {
      await page.getByText('must pass first').waitFor();
    },
  },
  {
    name: 'wizard-start-checking',
    state: benchStation,
    draft: { ...ready, step: 'start' },
    answers: { 'session.preflight': () => 'never' },
  },
  {
    name: 'wizard-start-failed',
    state: benchStation,
    draft: { ...ready, step: 'start' },
    answers: {
      ...answers,
      'session.start': () =>
        new StationError('E_PORT_IN_USE', { port: 67, protocol: 'UDP', address: '0.0.0.0', owner: 'dnsmasq (812)' }),
    },
    act: async (page) => {
      await page.getByText('Ready to start').waitFor();
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByRole('alert').waitFor();
    },
  },
];
