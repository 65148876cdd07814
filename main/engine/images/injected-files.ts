import { basename } from 'node:path/posix';
import { type BootVariant, WHOLE_IMAGE } from '../../contract/image.ts';
import type { ImageFacts } from './image-facts.ts';
import type { Injection } from './recipe.ts';

type InjectedFiles = NonNullable<BootVariant['injected']>;

/** Names that may stand in a boot script as they are. */
const plainName = /^[\w.+-]+$/;

/** The files that injections stand for; undefined where one of them finds none. */
export async function injectedFiles(
  injections: readonly Injection[],
  facts: ImageFacts,
): Promise<InjectedFiles | undefined> {
  const files: InjectedFiles = [];
  for (const { from, to } of injections) {
    const found = from === WHOLE_IMAGE ? [WHOLE_IMAGE] : await facts.find(from);
    const paths = to.endsWith('/') ? found.filter((path) => plainName.test(basename(path))) : found;
    if (paths.length === 0) return undefined;
    if (to.endsWith('/')) files.push(...paths.map((path) => ({ from: path, to: to + basename(path) })));
    else files.push({ from: paths[0] ?? '', to });
  }
  return files;
}

/** As it stands in a variant: nothing where nothing is injected. */
export const withInjected = (files: InjectedFiles): Pick<BootVariant, 'injected'> =>
  files.length === 0 ? {} : { injected: files };
