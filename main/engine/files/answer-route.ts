import { contentTypeOf } from '../http/content-type.ts';
import { memoryFile } from './memory-file.ts';
import type { Route } from './route.ts';

/**
 * The session's answer file as `answer/<name>`, for installers that fetch it over HTTP. It may hold passwords: only those
 * whom `isAllowed` names by address get it.
 */
export function answerRoute(
  { name, text }: { readonly name: string; readonly text: string },
  isAllowed: (address: string) => boolean,
): Route {
  return {
    name: 'answer',
    claim: ({ path, protocol, peerAddress }) =>
      Promise.resolve(
        path === `answer/${name}` && protocol === 'http' && isAllowed(peerAddress)
          ? memoryFile('other', text, contentTypeOf(name))
          : undefined,
      ),
  };
}
