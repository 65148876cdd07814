import type { WimMetadata } from '../formats/read-wim.ts';

/** What a WIM says of its images as lines of text, so that recipes can ask it as they ask any text file. Pure. */
export function textOfWim({ images }: WimMetadata): string {
  return images
    .map(({ name, editionId, installationType, architecture, version }) =>
      [
        `name=${name ?? ''}`,
        `edition=${editionId ?? ''}`,
        `type=${installationType ?? ''}`,
        `architecture=${architecture ?? ''}`,
        `version=${version ?? ''}`,
      ].join('; '),
    )
    .join('\n');
}

export const isWim = (path: string): boolean => /\.(wim|esd|swm)$/i.test(path);
