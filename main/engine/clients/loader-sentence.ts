import type { EngineEvent } from '../../contract/events.ts';
import type { LocalDiskMethod } from '../../contract/hardware-notes.ts';
import type { RungFailure } from '../../contract/loader.ts';

/** Why a machine gets the loader that it gets, in a sentence for a person. Pure. */

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

export function loaderSentence({ loader, rung, rungs, reason, previous, model }: EventOf<'client.loader'>): string {
  const which = `${loader}, loader ${rung} of ${rungs}`;
  switch (reason) {
    case 'first':
      return `It is offered ${which}.`;
    case 'worked-before':
      return `It is offered ${which}: that worked on it before.`;
    case 'worked-for-model':
      return `It is offered ${which}: that worked on another ${model ?? 'machine of its model'}.`;
    default:
      return `${failureInWords(previous ?? 'its loader', reason, loader)} Now it is offered ${which}.`;
  }
}

/** `next`: a shim is what follows where Secure Boot may be the reason. */
function failureInWords(file: string, failure: RungFailure, next = ''): string {
  switch (failure) {
    case 'refused':
      return `Its firmware fetched ${file} and did not start it${/shim/.test(next) ? ', as with Secure Boot on' : ''}.`;
    case 'silent':
      return `It fetched ${file} and was not heard of until it was switched on again.`;
    case 'looped':
      return `On it ${file} started and never asked what to boot.`;
    default:
      return failure satisfies never;
  }
}

export function noLoaderSentence({ tried }: EventOf<'client.no-loader'>): string {
  const [only, ...more] = tried;
  const all = tried.map(({ file, failure }, index) => failureInWords(file, failure, tried[index + 1]?.file)).join(' ');
  const last = more.length === 0 ? `Its only loader failed` : `All ${tried.length} loaders failed`;
  return only === undefined
    ? 'There is no loader for it.'
    : `${all} ${last}: it is offered none until it is approved again.`;
}

const ways: Readonly<Record<LocalDiskMethod, string>> = {
  'no-boot-file': 'it is offered no boot file, so that its firmware goes on with its own disk',
  'loader-exit': 'it is offered a loader that ends, so that its firmware goes on with its own disk',
  'loader-starts-disk': 'it is offered a loader that starts its own disk',
};

export function localDiskSentence({ method, reason }: EventOf<'client.local-disk'>): string {
  const how = ways[method];
  if (reason === 'came-back') return `It came back instead of starting its own disk. Now ${how}.`;
  return `It booted already: ${how}.`;
}
