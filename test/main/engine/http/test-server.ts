import type { EmitEvent } from '../../../../main/contract/events.ts';
import type { ServedFile } from '../../../../main/engine/files/route.ts';
import { type HttpServer, type HttpServerOptions, startHttpServer } from '../../../../main/engine/http/server.ts';
import { tableRoute } from './served-pattern.ts';

type Told = Parameters<EmitEvent>[0];

export interface TestServer extends HttpServer {
  readonly events: readonly Told[];
  eventsOf<Type extends Told['type']>(type: Type): Extract<Told, { type: Type }>[];
}

/** A server on a free loopback port that serves a table of files. */
export async function startTestServer(
  files: Readonly<Record<string, () => ServedFile>>,
  options: Partial<HttpServerOptions> = {},
): Promise<TestServer> {
  const events: Told[] = [];
  const server = await startHttpServer({
    interfaceName: 'lo',
    address: '127.0.0.1',
    prefixLength: 8,
    ports: [0],
    routes: [tableRoute(files)],
    emit: (event) => events.push(event),
    now: () => performance.now(),
    ...options,
  });
  await server.ready;
  return {
    port: server.port,
    ready: server.ready,
    get statistics() {
      return server.statistics;
    },
    events,
    eventsOf: <Type extends Told['type']>(type: Type) =>
      events.filter((event): event is Extract<Told, { type: Type }> => event.type === type),
    [Symbol.asyncDispose]: async () => await server[Symbol.asyncDispose](),
  };
}
